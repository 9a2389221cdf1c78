/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/settings.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/phrase.h"
#include "git/rev.h"
#include "git/tree.h"
#include "index/work_tree.h"

/* The bytes of `.retro.yml`. */
static struct err *read_policy_file(struct buf *out, struct arena *a,
				    struct repo *repo)
{
	struct oid head;
	struct err *e;

	if (repo_work_tree(repo))
		return work_tree_read(out, a, repo, POLICY_FILE);
	e = rev_head(&head, repo);
	return e ? e : tree_file(out, repo, &head, POLICY_FILE, FILE_MAX);
}

/* Where a value of git config stands: git names a file from where it works. */
static const char *settings_place(struct arena *a, const struct repo *repo,
				  const char *origin)
{
	static const char file[] = "file:";
	const char *top = repo_work_tree(repo);
	size_t n = strlen(file);

	if (!strncmp(origin, file, n))
		return path_join(a, top ? top : repo_git_dir(repo), origin + n);
	return arena_strndup(a, origin, strcspn(origin, ":"));
}

void settings_override(struct policy *out, struct arena *a, struct diags *diags,
		       const struct repo *repo, const struct config *config)
{
	for (size_t i = 0; i < policy_count; i++) {
		const struct setting *setting = &policy_table[i];
		struct strs values = { 0 };
		const char *origin = NULL;

		if (!setting->config)
			continue;
		config_get_all(&values, &origin, a, config, setting->config);
		if (values.nr)
			policy_set(out, a, diags, setting, &values,
				   settings_place(a, repo, origin));
	}
}

void settings_read(struct policy *out, struct arena *a, struct diags *diags,
		   struct repo *repo)
{
	struct buf bytes = BUF_INIT;
	struct err *e = read_policy_file(&bytes, a, repo);

	policy_init(out, a);
	if (!e)
		policy_read(out, a, diags, POLICY_FILE,
			    arena_strndup(a, bytes.p, bytes.n), bytes.n);
	else if (e->code != ERR_NOT_FOUND)
		diag_add(diags, RULE_POLICY, POLICY_FILE, (struct pos){ 0 },
			 e->hint, "%s", e->text);
	err_free(e);
	buf_release(&bytes);
}

void settings_load(struct policy *out, struct arena *a, struct diags *diags,
		   struct repo *repo, const struct config *config)
{
	settings_read(out, a, diags, repo);
	settings_override(out, a, diags, repo, config);
}

void settings_unknown(struct diags *out, struct arena *a,
		      const struct repo *repo, const struct config *config)
{
	struct strs names = { 0 };

	config_names(&names, a, config, "retro.");
	for (size_t i = 0; i < names.nr; i++) {
		struct strs values = { 0 };
		const char *origin, *nearest;
		bool known;

		nearest = policy_nearest(&known, a, names.at[i]);
		if (known)
			continue;
		config_get_all(&values, &origin, a, config, names.at[i]);
		diag_add(out, RULE_POLICY, settings_place(a, repo, origin),
			 (struct pos){ 0 },
			 nearest ? phrase_pack(a, N_("did you mean '%s'?"),
					       nearest)
				 : N_("to remove it: git config --unset"),
			 N_("unknown setting '%s'"), names.at[i]);
	}
}
