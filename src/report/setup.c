/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/setup.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/phrase.h"
#include "git/ref.h"
#include "git/rev.h"
#include "git/tree.h"
#include "index/work_tree.h"
#include "model/dirs.h"

/* The row of a setting, by its key. */
static const struct setting *find_setting(const char *key)
{
	size_t i = 0;

	while (strcmp(policy_table[i].key, key) != 0)
		i++;
	return &policy_table[i];
}

/* Where it was set: a file, and its line behind the last colon. */
static const char *setup_place(struct pos *pos, struct arena *a,
			       const char *origin)
{
	const char *colon = origin ? strrchr(origin, ':') : NULL;

	*pos = (struct pos){ 0 };
	if (!colon || !colon[1] || colon[1 + strspn(colon + 1, "0123456789")])
		return origin ? origin : POLICY_FILE;
	*pos = (struct pos){ .line = (int)strtol(colon + 1, NULL, 10),
			     .column = 1 };
	return arena_strndup(a, origin, (size_t)(colon - origin));
}

/* In the work tree, or in HEAD where that is not whole; what cannot be told is
 * no fault of the setting. */
static bool dir_is_there(struct repo *repo, struct arena *a, const char *dir)
{
	enum file_kind kind = FILE_NONE;
	struct oid head;
	struct err *e = NULL;
	int there;

	if (repo_work_tree(repo))
		e = work_tree_look(&kind, a, repo, dir);
	if (e || kind != FILE_NONE) {
		err_pass(e);
		return true;
	}
	e = rev_head(&head, repo);
	there = e ? 0 : tree_has(repo, &head, dir);
	err_pass(e);
	return there != 0;
}

static void check_dir(struct diags *out, struct arena *a, struct repo *repo,
		      const struct policy *policy)
{
	const char *origin = policy_origin(policy, find_setting("dir"));
	struct pos pos;
	const char *path = setup_place(&pos, a, origin);

	for (size_t i = 0; origin && i < policy->dirs.nr; i++) {
		const char *dir = dirs_literal(a, policy->dirs.at[i]);

		if (*dir && !dir_is_there(repo, a, dir))
			diag_add(out, RULE_SETUP, path, pos, NULL,
				 N_("folder '%s' of 'dir' does not exist"),
				 dir);
	}
}

static struct err *check_since(struct diags *out, struct arena *a,
			       struct repo *repo, const struct policy *policy,
			       bool lenient)
{
	const char *origin =
		policy_origin(policy, find_setting("releases.since"));
	struct refs tags = { 0 };
	struct ref tag;
	struct pos pos;
	const char *path = setup_place(&pos, a, origin);
	struct err *e;

	if (!policy->since)
		return NULL;
	e = ref_tag(&tag, a, repo, policy->since);
	if (!e || e->code != ERR_NOT_FOUND)
		return e;
	err_free(e);
	e = lenient ? ref_list(&tags, a, repo, REFS_TAGS) : NULL;
	if (!e && (!lenient || tags.nr))
		diag_add(
			out, RULE_SETUP, path, pos,
			N_("name an existing tag, or fetch the tags: git fetch "
			   "--tags"),
			N_("'since' names '%s', which is not a tag"),
			policy->since);
	return e;
}

struct err *setup_check(struct diags *out, struct arena *a, struct repo *repo,
			const struct policy *policy, bool lenient)
{
	size_t from = out->nr;
	struct err *e;

	check_dir(out, a, repo, policy);
	e = check_since(out, a, repo, policy, lenient);
	diag_settle(out, from, STAGE_DRAFT);
	return e;
}

struct err *setup_refuse(const struct diags *diags)
{
	for (size_t i = 0; i < diags->nr; i++) {
		const struct diag *diag = &diags->at[i];
		const char *text = phrase_text(diags->arena, diag_said(diag));
		struct err *e;

		if (diag->level != DIAG_ERROR)
			continue;
		e = diag->pos.line
			    ? err_new(ERR_FAILED, "%s:%d: %s", diag->path,
				      diag->pos.line, text)
			    : err_new(ERR_FAILED, "%s: %s", diag->path, text);
		return diag->hint ? err_hint(e, "%s",
					     phrase_text(diags->arena,
							 diag_advice(diag)))
				  : e;
	}
	return NULL;
}
