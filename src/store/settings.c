/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/settings.h"

#include "base/file.h"
#include "git/rev.h"
#include "git/tree.h"

/* The bytes of `.retro.yml`; none gives an empty buffer. */
static struct err *read_file(struct buf *out, struct arena *a,
			     struct repo *repo)
{
	const char *top = repo_work_tree(repo);
	struct err *e;
	struct oid head;

	if (top) {
		e = file_read(out, path_join(a, top, POLICY_FILE), FILE_MAX);
	} else {
		e = rev_head(&head, repo);
		if (!e)
			e = tree_file(out, repo, &head, POLICY_FILE, FILE_MAX);
	}
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	return e;
}

struct err *settings_load(struct policy *out, struct arena *a,
			  struct diags *diags, struct repo *repo,
			  const struct config *config)
{
	struct buf bytes = BUF_INIT;
	struct err *e = read_file(&bytes, a, repo);

	policy_init(out, a);
	if (!e && bytes.n)
		policy_read(out, a, diags, POLICY_FILE,
			    arena_strndup(a, bytes.p, bytes.n), bytes.n);
	buf_release(&bytes);
	if (e && e->code == ERR_UNSUPPORTED) {
		diag_add(diags, "policy", POLICY_FILE, (struct pos){ 0 },
			 "make it a file", "%s", e->text);
		err_free(e);
		e = NULL;
	}
	for (size_t i = 0; !e && i < policy_count; i++) {
		const struct setting *setting = &policy_table[i];
		struct strs values = { 0 };
		const char *origin = NULL;

		if (!setting->config)
			continue;
		config_get_all(&values, &origin, a, config, setting->config);
		if (values.nr)
			policy_set(out, a, diags, setting, &values, origin);
	}
	return e;
}
