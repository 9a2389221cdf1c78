/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/hint.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "front/command.h"
#include "front/paths.h"
#include "front/shown.h"
#include "git/rev.h"
#include "git/staged.h"
#include "git/walk.h"
#include "hook/pitfall_table.h"
#include "hook/read_ahead.h"
#include "index/index.h"
#include "report/hints.h"

#define HINTS_MAX 3   /* lines of past pitfalls */
#define COLUMNS   100 /* of a pitfall's text */
/* Nobody waits for more than these: after a clone they are read meanwhile. */
#define READ_NOW   128 /* fixes */
#define RETROS_NOW 500

/* Of a merge that is made anew, or of the first commit, none is known. */
static struct err *find_amended_base(const struct oid **out,
				     struct hook_env *env)
{
	struct commit *commit = arena_alloc(env->arena, sizeof(*commit));
	struct oid head;
	struct err *e;

	*out = NULL;
	if (!command_amends())
		return NULL;
	e = rev_head(&head, env->repo);
	if (!e)
		e = walk_one(commit, env->arena, env->repo, &head);
	if (!e && commit->parent_count == 1)
		*out = &commit->parents[0];
	return e;
}

struct err *hint_staged(struct context_question *question, struct hook_env *env)
{
	struct err *e = find_amended_base(&question->base, env);

	if (!e)
		e = staged_changed(&question->paths, env->arena, env->repo,
				   question->base);
	if (e && e->code == ERR_MISSING && question->base) {
		/* A partial clone has the trees of HEAD. */
		err_free(e);
		question->base = NULL;
		e = staged_changed(&question->paths, env->arena, env->repo,
				   NULL);
	}
	return e;
}

static const char *hint_name(struct hook_env *env,
			     const struct finding *finding,
			     const struct evidence *evidence)
{
	return context_name(env->arena, finding->retro, evidence->pitfall);
}

/* By which it is remembered: each file of a guard is told for itself. */
static uint64_t evidence_key(struct hook_env *env,
			     const struct finding *finding,
			     const struct evidence *evidence)
{
	const char *name = hint_name(env, finding, evidence);

	if (evidence->type == EVIDENCE_GUARD || evidence->type == EVIDENCE_SKIP)
		name = arena_printf(env->arena, "%s %s", name, evidence->path);
	return paths_key(name);
}

static bool is_silent(struct hook_env *env, const struct finding *finding,
		      const struct evidence *evidence,
		      const struct shown *shown)
{
	const char *name = hint_name(env, finding, evidence);
	uint64_t key = evidence_key(env, finding, evidence);

	return shown && (shown_is_silent(shown, paths_key(name)) ||
			 shown_is_silent(shown, key));
}

/* Leaves out what is silent for this person, and the retros that are in the
 * commit themselves. */
static void pick_news(struct findings *out, struct hook_env *env,
		      const struct findings *all, const struct strs *staged,
		      const struct shown *shown)
{
	for (size_t i = 0; i < all->nr; i++) {
		struct finding news = { .retro = all->at[i].retro };

		if (strs_has(staged, news.retro->path))
			continue;
		for (size_t j = 0; j < all->at[i].evidence.nr; j++) {
			const struct evidence *evidence =
				&all->at[i].evidence.at[j];
			if (!is_silent(env, &news, evidence, shown))
				vec_push(env->arena, &news.evidence, *evidence);
		}
		if (news.evidence.nr)
			vec_push(env->arena, out, news);
	}
}

/* The file; of a message, the commit that it names. */
static const char *evidence_place(struct hook_env *env,
				  const struct evidence *evidence)
{
	char hex[OID_HEX + 1];

	if (evidence->path)
		return evidence->path;
	return arena_printf(env->arena, "%.10s",
			    oid_hex(hex, &evidence->commit));
}

/* "src/load.c: Labels can be empty (2026-11-24-v1-4-0#P1)" */
static void say_finding(struct hook_env *env, const struct finding *finding)
{
	const struct evidence *evidence = &finding->evidence.at[0];
	const struct pitfall *pitfall = context_pitfall(finding);
	const char *text = text_cleaned(
		env->arena, pitfall ? pitfall->text : finding->retro->title);
	size_t n = strlen(text), fits = text_fit(text, n, COLUMNS, NULL);

	hook_say(env, "%s: %.*s%s (%s)", evidence_place(env, evidence),
		 (int)fits, text, fits < n ? "..." : "",
		 hint_name(env, finding, evidence));
}

/* How many it has said. */
static size_t say_findings(struct hook_env *env,
			   const struct findings *findings)
{
	size_t shown = findings->nr;

	if (shown > HINTS_MAX)
		shown = HINTS_MAX - 1;
	for (size_t i = 0; i < shown; i++)
		say_finding(env, &findings->at[i]);
	if (shown < findings->nr)
		hook_say(env,
			 _("%zu more; to see them: git retro context --staged"),
			 findings->nr - shown);
	return shown;
}

static void remember_findings(struct hook_env *env, const struct shown *shown,
			      const struct findings *findings, size_t nr)
{
	struct shown_event *events =
		arena_alloc(env->arena, (nr + 1) * sizeof(*events));
	char hex[OID_HEX + 1] = "";
	struct oid head;
	struct err *e = rev_head(&head, env->repo);

	if (!e)
		oid_hex(hex, &head);
	err_pass(e);
	for (size_t i = 0; i < nr; i++) {
		const struct finding *finding = &findings->at[i];
		const struct evidence *evidence = &finding->evidence.at[0];

		events[i] = (struct shown_event){
			.day = shown_today(shown),
			.person = shown_person(shown),
			.key = evidence_key(env, finding, evidence),
			.what = SHOWN_TOLD,
			.mark = evidence->mark,
		};
		snprintf(events[i].head, sizeof(events[i].head), "%.16s", hex);
	}
	shown_add(repo_common_dir(env->repo), events, nr);
}

/* Whether the retros of a clone, very many, are about to be read for the first
 * time. */
static bool is_first_of_many(struct hook_env *env)
{
	struct index_state state;
	enum file_kind kind = FILE_OTHER;

	err_pass(file_look(&kind, index_file(env->arena, env->repo)));
	if (kind != FILE_NONE)
		return false;
	index_look(&state, env->arena, env->repo, env->policy);
	if (state.files <= RETROS_NOW)
		return false;
	hook_say(env,
		 Q_("%zu retro is read for the first time, in the background; "
		    "past pitfalls are told once that is done",
		    "%zu retros are read for the first time, in the "
		    "background; past pitfalls are told once that is done",
		    state.files),
		 state.files);
	return true;
}

static struct err *say_unread(struct hook_env *env, size_t unread)
{
	hook_say(env,
		 Q_("%zu fix is read for the first time, in the background; "
		    "its pitfalls are told once that is done",
		    "%zu fixes are read for the first time, in the background; "
		    "their pitfalls are told once that is done",
		    unread),
		 unread);
	return read_ahead_start(env);
}

/* Whether nothing is committed on this branch: then a fix on another one, which
 * cannot be looked for here, is not met. */
static bool is_first_commit(struct hook_env *env)
{
	struct oid head;
	struct err *e = rev_head(&head, env->repo);
	bool none = e && e->code == ERR_NOT_FOUND;

	err_pass(e);
	return none;
}

struct err *hint_tell(struct hook_env *env, struct context_question *question,
		      const struct strs *staged)
{
	size_t said, unread = 0;
	struct findings findings = { 0 }, news = { 0 };
	struct shown *shown;
	struct corpus corpus;
	struct err *e;

	if (read_ahead_runs(env))
		return NULL; /* that was said when it began */
	if (is_first_of_many(env))
		return read_ahead_start(env);
	question->at_commit = true;
	question->read_max = READ_NOW;
	question->unread = &unread;
	e = corpus_open(&corpus, env->arena, env->repo, env->policy, NULL);
	if (!e)
		e = context_find(&findings, &corpus, question);
	if (!e)
		e = unread ? say_unread(env, unread)
			   : pitfall_table_write(env, &corpus);
	if (e && e->code == ERR_NOT_FOUND && is_first_commit(env)) {
		err_free(e);
		return NULL;
	}
	if (e)
		return e;
	if (findings.nr)
		hints_settle(env->arena, env->repo);
	shown = shown_load(repo_common_dir(env->repo), NULL);
	pick_news(&news, env, &findings, staged, shown);
	said = say_findings(env, &news);
	if (shown && said)
		remember_findings(env, shown, &news, said);
	shown_free(shown);
	return NULL;
}
