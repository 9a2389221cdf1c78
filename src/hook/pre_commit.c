/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Something is about to be committed: what is wrong with the retros in it, and
 * the past pitfalls of its files, as far as its message has no say in them:
 * else the hook commit-msg tells. Never in the middle of a merge or a rebase
 * (front.c sees to that); and nothing but a retro that is final, has an error
 * and belongs to a team that chose so stops the commit.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/phrase.h"
#include "corpus/corpus.h"
#include "front/message.h"
#include "front/state.h"
#include "front/table.h"
#include "hook/hint.h"
#include "hook/hook.h"
#include "hook/refresh.h"
#include "model/dirs.h"
#include "report/check.h"

#define LINES_MAX 5 /* of errors */

/* --- the retros in it --- */

/* Whether one of the staged retros that have an error is final. */
static bool has_final(const struct retros *staged, const struct diag *error)
{
	for (size_t i = 0; i < staged->nr; i++)
		if (!strcmp(staged->at[i]->path, error->path) &&
		    staged->at[i]->status == STATUS_FINAL)
			return true;
	return false;
}

static bool say_errors(struct hook_env *env, const struct diags *found,
		       const struct retros *staged)
{
	size_t errors = 0;
	bool final = false;

	for (size_t i = 0; i < found->nr; i++) {
		const struct diag *diag = &found->at[i];

		if (diag->level != DIAG_ERROR)
			continue;
		final |= has_final(staged, diag);
		if (++errors <= LINES_MAX)
			hook_say(env, "%s:%d:%d: %s: %s", diag->path,
				 diag->pos.line, diag->pos.column, diag->rule,
				 phrase_text(env->arena, diag_said(diag)));
	}
	if (errors > LINES_MAX)
		hook_say(env,
			 _("%zu more; to see them: git retro check --staged"),
			 errors - LINES_MAX);
	return final;
}

static struct err *check_retros(struct hook_env *env, const struct strs *paths,
				int *status)
{
	struct diags found = { .arena = env->arena };
	struct retros staged = { 0 };
	struct corpus corpus;
	struct err *e = corpus_begin_staged(&corpus, env->arena, env->repo,
					    env->policy);

	for (size_t i = 0; !e && i < corpus.retros.nr; i++)
		vec_push(env->arena, &staged, corpus.retros.at[i]);
	if (!e)
		e = check_all_retros(&corpus, &staged);
	if (e)
		return e;
	corpus_problems_at(&found, &corpus, paths);
	diag_sort(&found);
	if (!say_errors(env, &found, &staged) ||
	    env->policy->check_staged != CHECK_STAGED_BLOCK)
		return NULL;
	hook_say(env, _("commit rejected: a final retro has errors"));
	hook_say(env, _("fix them, or commit anyway: git commit --no-verify"));
	*status = 1;
	return NULL;
}

/* --- the whole of it --- */

/* Failing is no error: it is found again with the next commit of that code. */
static void leave_unsaid(struct hook_env *env)
{
	int git = state_folder(repo_git_dir(env->repo));

	state_replace(git, MESSAGE_UNSAID, "", 0);
	if (git >= 0)
		close(git);
}

/* Keeps what the table says of tags. */
static void refresh(struct hook_env *env)
{
	struct table *table = table_load(repo_git_dir(env->repo));
	bool quiet = table &&
		     table_tags_unchanged(table, repo_common_dir(env->repo));

	table_free(table);
	refresh_table(env, quiet);
}

static struct err *run_pre_commit(struct hook_env *env, int *status)
{
	bool unsaid = false;
	struct context_question question = { .is_change = true,
					     .unsaid = &unsaid };
	struct strs retros = { 0 };
	struct err *e = hint_staged(&question, env);
	const struct strs *staged = &question.paths;

	*status = 0;
	for (size_t i = 0; i < staged->nr; i++)
		if (dirs_have(&env->policy->dirs, staged->at[i]))
			vec_push(env->arena, &retros, staged->at[i]);
	if (!e && retros.nr && env->policy->check_staged != CHECK_STAGED_OFF)
		e = check_retros(env, &retros, status);
	if (!e && !*status && env->policy->on_commit != ON_COMMIT_OFF)
		e = hint_tell(env, &question, staged);
	if (unsaid)
		leave_unsaid(env);
	refresh(env);
	return e;
}

const struct hook hook_pre_commit = {
	.name = "pre-commit",
	.summary = "Checks staged retros, and tells past pitfalls of staged "
		   "files",
	.run = run_pre_commit,
};
