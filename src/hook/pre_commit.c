/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Something is about to be committed: what is wrong with the retros in it, and
 * the past pitfalls of its files. Never in the middle of a merge or a rebase
 * (front.c sees to that); and nothing but a retro that is final, has an error
 * and belongs to a team that wants it so stops the commit.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "corpus/corpus.h"
#include "front/paths.h"
#include "front/shown.h"
#include "front/table.h"
#include "git/staged.h"
#include "hook/hook.h"
#include "hook/refresh.h"
#include "report/check.h"
#include "report/context.h"

#define LINES_MAX 5   /* of pitfalls, and of errors */
#define COLUMNS   100 /* of a pitfall's text */

/* --- the retros in it --- */

static bool is_in_dir(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return !strncmp(path, dir, n) && path[n] == '/';
}

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
				 diag->text);
	}
	if (errors > LINES_MAX)
		hook_say(env, "and %zu more: git retro check --staged",
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
	hook_say(env, "the commit is stopped: a final retro has errors");
	hook_say(env, "mend it, or commit all the same: git commit "
		      "--no-verify");
	*status = 1;
	return NULL;
}

/* --- past pitfalls --- */

static void list_folders(struct strs *out, struct hook_env *env,
			 const struct corpus *corpus)
{
	strs_add(env->arena, out, env->policy->dir);
	for (size_t i = 0; i < corpus->retros.nr; i++) {
		const char *path = corpus->retros.at[i]->path;
		const char *slash = strrchr(path, '/');

		if (slash)
			strs_add(env->arena, out,
				 arena_strndup(env->arena, path,
					       (size_t)(slash - path)));
	}
	vec_push(env->arena, out, NULL);
}

/* The table of git-retro-hook, of what is read anyway. */
static struct err *write_paths(struct hook_env *env, struct corpus *corpus)
{
	struct context_paths all = { 0 };
	struct strs folders = { 0 };
	struct paths_entry *entries;
	struct err *e = context_all_paths(&all, corpus);

	if (e)
		return e;
	entries = arena_alloc(env->arena, (all.nr + 1) * sizeof(*entries));
	for (size_t i = 0; i < all.nr; i++)
		entries[i] =
			(struct paths_entry){ all.at[i].pattern, all.at[i].glob,
					      paths_key(all.at[i].retro->id) };
	list_folders(&folders, env, corpus);
	paths_write(repo_git_dir(env->repo), repo_work_tree(env->repo),
		    folders.at, entries, all.nr);
	return NULL;
}

/* The findings that are news, and how they are remembered. */
struct news {
	struct findings findings;
	struct VEC_OF(struct paths_match) matches;
};

static const struct paths_match *match_of(const struct paths_match *matches,
					  size_t nr, uint64_t key)
{
	for (size_t i = 0; i < nr; i++)
		if (matches[i].key == key)
			return &matches[i];
	return NULL;
}

/* Leaves out what was shown to this person for these files today, and the
 * retros that are in the commit themselves. */
static void pick_news(struct news *out, struct hook_env *env,
		      const struct findings *all, const struct strs *staged)
{
	struct paths *paths = paths_load(repo_git_dir(env->repo), NULL);
	struct shown *shown = shown_load(repo_common_dir(env->repo));
	struct paths_match *matches = NULL;
	size_t found = 0;

	if (paths)
		matches = paths_match(&found, paths, staged->at, staged->nr);
	for (size_t i = 0; i < all->nr; i++) {
		const struct retro *retro = all->at[i].retro;
		const struct paths_match *match =
			match_of(matches, found, paths_key(retro->id));

		if ((match && shown && shown_has(shown, match)) ||
		    strs_has(staged, retro->path))
			continue;
		vec_push(env->arena, &out->findings, all->at[i]);
		if (match)
			vec_push(env->arena, &out->matches, *match);
	}
	free(matches);
	shown_free(shown);
	paths_free(paths);
}

/* "src/load.c: Labels can be empty (2026-11-24-v1-4-0)" */
static void say_one(struct hook_env *env, const struct finding *finding)
{
	const struct pitfall *pitfall = context_pitfall(finding);
	const char *path = finding->evidence.at[0].path;
	const char *text = text_cleaned(
		env->arena, pitfall ? pitfall->text : finding->retro->title);
	size_t n = strlen(text), fits = text_fit(text, n, COLUMNS, NULL);

	hook_say(env, "%s: %.*s%s (%s)", path ? path : "", (int)fits, text,
		 fits < n ? "..." : "", finding->retro->id);
}

static void say_findings(struct hook_env *env, const struct findings *findings)
{
	size_t shown = findings->nr;

	if (shown > LINES_MAX)
		shown = LINES_MAX - 1;
	for (size_t i = 0; i < shown; i++)
		say_one(env, &findings->at[i]);
	if (shown < findings->nr)
		hook_say(env, "and %zu more: git retro context --staged",
			 findings->nr - shown);
}

static struct err *hint(struct hook_env *env, const struct strs *staged)
{
	struct context_question question = { .paths = *staged,
					     .is_change = true };
	struct findings findings = { 0 };
	struct news news = { 0 };
	struct corpus corpus;
	struct err *e =
		corpus_open(&corpus, env->arena, env->repo, env->policy, NULL);

	if (!e)
		e = write_paths(env, &corpus);
	if (!e)
		e = context_find(&findings, &corpus, &question);
	if (e)
		return e;
	pick_news(&news, env, &findings, staged);
	say_findings(env, &news.findings);
	if (news.matches.nr)
		shown_add(repo_common_dir(env->repo), news.matches.at,
			  news.matches.nr);
	return NULL;
}

/* --- both --- */

/* Keeps what the table says of tags. */
static void refresh(struct hook_env *env)
{
	struct table *table = table_load(repo_git_dir(env->repo));
	bool quiet = table &&
		     table_tags_unchanged(table, repo_common_dir(env->repo));

	table_free(table);
	refresh_table(env, quiet);
}

static struct err *run(struct hook_env *env, int *status)
{
	struct strs staged = { 0 }, retros = { 0 };
	struct err *e = staged_changed(&staged, env->arena, env->repo, "");

	*status = 0;
	for (size_t i = 0; i < staged.nr; i++)
		if (is_in_dir(staged.at[i], env->policy->dir) &&
		    retro_is_path(staged.at[i]))
			vec_push(env->arena, &retros, staged.at[i]);
	if (!e && retros.nr && env->policy->check_staged != CHECK_STAGED_OFF)
		e = check_retros(env, &retros, status);
	if (!e && !*status && staged.nr &&
	    env->policy->on_commit != ON_COMMIT_OFF)
		e = hint(env, &staged);
	refresh(env);
	return e;
}

const struct hook hook_pre_commit = {
	.name = "pre-commit",
	.summary = "Checks staged retros, and tells past pitfalls of staged "
		   "files",
	.run = run,
};
