/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The merge driver: git calls it for a retro that both sides changed
 * (gitattributes(5), "Defining a custom merge driver").
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cmd/cmd.h"
#include "git/tree.h"
#include "lineage/named.h"
#include "merge/merge.h"

/* How long commits are looked through, for all numbers together. */
#define LOOK_MS 2000

/* --- whom a commit means --- */

struct looked {
	struct env *env;
	const char *path;
	int64_t deadline; /* 0: nothing was asked yet */
};

/* What the number meant in a commit; NULL if it did not have it. */
static const char *words_at(struct looked *looked, const struct oid *commit,
			    const char *number)
{
	struct arena *a = looked->env->arena;
	const struct numbered *found = NULL;
	struct buf bytes = BUF_INIT;
	struct err *e = tree_file(&bytes, looked->env->repo, commit,
				  looked->path, FILE_MAX);
	struct side side = { 0 };

	if (!e) {
		const struct text text = { arena_strndup(a, bytes.p, bytes.n),
					   bytes.n };

		side_read(&side, a, looked->path, &looked->env->policy, &text);
		found = side_number(&side, number);
	}
	err_pass(e);
	buf_release(&bytes);
	return found ? found->words : NULL;
}

static enum keeper ask_keeper(void *data, const char *id,
			      const struct numbered *ours,
			      const struct numbered *theirs)
{
	struct looked *looked = data;
	struct oids commits = { 0 };
	bool mine = false, yours = false, unknown = false, all = false;
	struct err *e;

	if (!looked->deadline)
		looked->deadline = clock_ms() + LOOK_MS;
	e = named_by_commits(&commits, &all, looked->env->arena, id,
			     ours->number, looked->deadline);
	for (size_t i = 0; i < commits.nr; i++) {
		const char *words =
			words_at(looked, &commits.at[i], ours->number);

		mine |= words && !strcmp(words, ours->words);
		yours |= words && !strcmp(words, theirs->words);
		unknown |= !words;
	}
	unknown |= !all;
	err_free(e);
	if (unknown || (mine && yours))
		return KEEPER_NOBODY;
	return yours ? KEEPER_THEIRS : KEEPER_OURS;
}

/* --- files --- */

/* As merge.conflictStyle. */
static enum text_merge_style style_of(const struct config *config)
{
	const char *style = config_get(config, "merge.conflictstyle");

	if (!style)
		return TEXT_MERGE_PLAIN;
	return !strcmp(style, "diff3")    ? TEXT_MERGE_DIFF3
	       : !strcmp(style, "zdiff3") ? TEXT_MERGE_ZDIFF3
					  : TEXT_MERGE_PLAIN;
}

static struct err *read_side_text(struct text *out, struct arena *a,
				  const char *path)
{
	struct buf bytes = BUF_INIT;
	struct err *e = file_read_named(&bytes, path, FILE_MAX);

	*out = (struct text){ arena_strndup(a, bytes.p, bytes.n), bytes.n };
	buf_release(&bytes);
	return e;
}

static struct err *write_result(struct env *env, const char *name,
				const struct buf *bytes)
{
	const char *stage =
		path_join(env->arena, repo_git_dir(env->repo), "retro");
	const char *path = path_real(env->arena, name);

	if (!path)
		return err_new(ERR_NOT_FOUND, _("'%s' does not exist"), name);
	err_free(file_make_parents(path_join(env->arena, stage, "x")));
	return file_write(path, bytes->p, bytes->n, 0666, 0, stage);
}

static struct err *merge_named(struct env *env, const struct merge *merge,
			       const char *name)
{
	struct buf out = BUF_INIT;
	bool clean = false;
	struct err *e = merge_retros(&out, &clean, merge);

	if (!e)
		e = write_result(env, name, &out);
	if (!e && !clean)
		env->status = EXIT_NEGATIVE;
	buf_release(&out);
	return e;
}

static struct err *run_merge_file(struct env *env)
{
	const struct strs *rest = &env->rest;
	struct looked looked = { .env = env };
	struct merge merge = {
		.a = env->arena,
		.policy = &env->policy,
		.keepers = { &looked, ask_keeper },
		.texts.style = style_of(env->config),
	};
	struct err *e;

	if (rest->nr != 5)
		return err_new(ERR_USAGE,
			       _("merge-file needs <base> <ours> <theirs> "
				 "<marker size> <path>"));
	looked.path = merge.path = rest->at[4];
	merge.texts.marker = (unsigned)strtoul(rest->at[3], NULL, 10) & 0xfff;
	e = read_side_text(&merge.texts.base, env->arena, rest->at[0]);
	if (!e)
		e = read_side_text(&merge.texts.ours, env->arena, rest->at[1]);
	if (!e)
		e = read_side_text(&merge.texts.theirs, env->arena,
				   rest->at[2]);
	return e ? e : merge_named(env, &merge, rest->at[1]);
}

static const char *const usage[] = {
	"merge-file <base> <ours> <theirs> <marker size> <path>",
	NULL,
};

const struct cmd cmd_merge_file = {
	.name = "merge-file",
	.summary = N_("Merge two changes of a retro, as git calls it"),
	.usage = usage,
	.needs = CMD_REPO | CMD_HIDDEN,
	.run = run_merge_file,
};
