/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A coding agent is about to change a file, or just has: `git retro hook agent`,
 * which is not git's hook but that of the agent's settings (`git retro init
 * --agents`). Answers with the past pitfalls that the change meets, a line each,
 * by the evidence that counts at a commit, or where the edit is of a function
 * that was fixed or of a file that guards a problem; once a session and file. It
 * speaks to a model: what a retro says is quoted, as data.
 *
 * The table of pre-commit (front/paths.h) tells what could be met, so only the
 * retros that it names are read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/event.h"
#include "agent/told.h"
#include "base/i18n.h"
#include "base/text.h"
#include "corpus/corpus.h"
#include "front/bytes.h"
#include "front/paths.h"
#include "hook/hook.h"
#include "hook/pitfall_table.h"
#include "hook/read_ahead.h"
#include "index/index.h"
#include "report/context.h"
#include "report/hints.h"
#include "view/context.h"

enum {
	LINES_MAX = 3,
	COLUMNS = 160,    /* of a pitfall's text */
	READ_NOW = 128,   /* fixes that an agent waits for */
	RETROS_NOW = 500, /* retros, likewise */
};

struct asking {
	struct hook_env *env;
	struct agent_event event;
	struct told *told;
	const char *diff; /* of its edits; NULL: it was not asked for */
};

/* --- which retros --- */

/* Files of which the session has heard are passed over. */
static void drop_told(struct asking *asking)
{
	struct edits *edits = &asking->event.edits;
	size_t kept = 0;

	for (size_t i = 0; i < edits->nr; i++)
		if (!told_has(asking->told, edits->at[i].path))
			edits->at[kept++] = edits->at[i];
	edits->nr = kept;
}

/* The keys of what the table has for the edits. */
static struct err *match_edits(struct bytes *keys, struct asking *asking,
			       const struct paths *paths)
{
	const struct edits *edits = &asking->event.edits;
	struct strs files = { 0 };
	struct buf diff = BUF_INIT;
	struct err *e = NULL;

	for (size_t i = 0; i < edits->nr; i++)
		vec_push(asking->env->arena, &files, edits->at[i].path);
	paths_match(keys, paths, files.at, files.nr);
	if (paths_want_diff(paths, files.at, files.nr)) {
		e = edit_diff(&diff, asking->env->arena, asking->env->repo,
			      edits);
		asking->diff = arena_strdup(asking->env->arena, diff.p);
		paths_match_diff(keys, paths, diff.p);
	}
	buf_release(&diff);
	return e;
}

/* Those of the keys. One that is gone has nothing to say. */
static struct err *read_retros(struct corpus *out, struct asking *asking,
			       const struct paths *paths,
			       const struct bytes *keys)
{
	const struct hook_env *env = asking->env;
	const uint64_t *key = (const uint64_t *)(const void *)keys->p;
	struct bytes names = { 0 };
	struct retros retros = { 0 };
	struct corpus corpus;
	struct err *e =
		corpus_begin(&corpus, env->arena, env->repo, env->policy, NULL);

	for (size_t i = 0; i < keys->n / sizeof(*key); i++)
		paths_add_retros(&names, paths, key[i]);
	for (size_t at = 0; !e && at < names.n;
	     at += strlen(names.p + at) + 1) {
		struct retro *retro;

		err_pass(
			corpus_find_at(&retro, &corpus,
				       arena_strdup(env->arena, names.p + at)));
	}
	for (size_t i = 0; !e && i < corpus.retros.nr; i++)
		vec_push(env->arena, &retros, corpus.retros.at[i]);
	corpus_of(out, env->arena, env->repo, env->policy, NULL, &retros);
	bytes_release(&names);
	return e;
}

/* Where there is no table yet, and nobody has to wait for it. */
static struct err *read_agent_input(struct corpus *out, struct asking *asking)
{
	struct hook_env *env = asking->env;
	struct index_state state;
	struct err *e;

	index_look(&state, env->arena, env->repo, env->policy);
	if (state.files > RETROS_NOW)
		return read_ahead_runs(env) ? NULL : read_ahead_start(env);
	e = corpus_open(out, env->arena, env->repo, env->policy, NULL);
	return e ? e : pitfall_table_write(env, out);
}

static struct err *find_retros(struct corpus *out, struct asking *asking)
{
	struct repo *repo = asking->env->repo;
	struct paths *paths =
		paths_load(repo_git_dir(repo), repo_work_tree(repo));
	struct bytes keys = { 0 };
	struct err *e;

	if (!paths)
		return read_agent_input(out, asking);
	e = match_edits(&keys, asking, paths);
	if (!e && keys.n)
		e = read_retros(out, asking, paths, &keys);
	bytes_release(&keys);
	paths_free(paths);
	return e;
}

/* --- what is told --- */

static bool is_agent_silent(struct asking *asking,
			    const struct finding *finding)
{
	const struct hook_env *env = asking->env;
	const char *name = context_name(env->arena, finding->retro,
					context_pitfall(finding));

	return told_has(asking->told, name) ||
	       hints_is_muted(env->repo, env->config, name);
}

/* "git retro: src/load.c: "Labels can be empty" (2026-11-24-v1-4-0#P1, final;
 * its fix 77aa01f3c2 changed load())" */
static void put_line(struct buf *out, struct asking *asking,
		     const struct finding *finding)
{
	struct arena *a = asking->env->arena;
	const struct evidence *evidence = &finding->evidence.at[0];
	const struct pitfall *pitfall = context_pitfall(finding);
	const char *status = status_name(finding->retro->status);
	const char *text = text_cleaned(a, pitfall ? pitfall->text
						   : finding->retro->title);
	size_t n = strlen(text), fits = text_fit(text, n, COLUMNS, NULL);

	buf_addf(out, "%sgit retro: %s: \"%.*s%s\" (%s%s; %s)",
		 out->n ? "\n" : "", text_cleaned(a, evidence->path), (int)fits,
		 text, fits < n ? "..." : "",
		 text_cleaned(a, context_name(a, finding->retro, pitfall)),
		 status ? arena_printf(a, ", %s", status) : "",
		 context_why(a, evidence));
}

static void tell(struct asking *asking, const struct findings *findings)
{
	struct arena *a = asking->env->arena;
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct strs names = { 0 };

	for (size_t i = 0, nr = 0; i < findings->nr && nr < LINES_MAX; i++) {
		const struct finding *finding = &findings->at[i];

		if (!finding->evidence.at[0].path ||
		    is_agent_silent(asking, finding))
			continue;
		nr++;
		put_line(&text, asking, finding);
		vec_push(a, &names, finding->evidence.at[0].path);
		vec_push(a, &names,
			 context_name(a, finding->retro,
				      context_pitfall(finding)));
	}
	if (text.n) {
		agent_event_answer(&out, &asking->event, text.p);
		fwrite(out.p, 1, out.n, stdout);
		told_add(asking->told, &names);
	}
	buf_release(&text);
	buf_release(&out);
}

static struct err *answer(struct asking *asking)
{
	const struct edits *edits = &asking->event.edits;
	size_t unread;
	struct context_question question = { .is_change = true,
					     .edits = edits,
					     .read_max = READ_NOW,
					     .unread = &unread };
	struct corpus corpus = { 0 };
	struct findings findings = { 0 };
	struct err *e = find_retros(&corpus, asking);

	if (e || !corpus.retros.nr)
		return e;
	for (size_t i = 0; i < edits->nr; i++)
		vec_push(asking->env->arena, &question.paths,
			 edits->at[i].path);
	question.diff = asking->diff;
	e = context_find(&findings, &corpus, &question);
	if (!e)
		tell(asking, &findings);
	return e;
}

/* As for the hooks of git. */
static bool is_agent_off(const struct hook_env *env)
{
	const char *value = getenv("GIT_RETRO");

	return env->policy->on_commit == ON_COMMIT_OFF ||
	       (value && !strcmp(value, "0"));
}

static struct err *run_agent(struct hook_env *env, int *status)
{
	struct asking asking = { .env = env };

	*status = 0;
	i18n_off();
	if (is_agent_off(env) ||
	    !agent_event_read(&asking.event, env->arena, env->repo, env->in))
		return NULL;
	asking.told = told_open(env->arena, env->repo, asking.event.session);
	drop_told(&asking);
	return asking.event.edits.nr ? answer(&asking) : NULL;
}

const struct hook hook_agent = {
	.name = "agent",
	.summary = "Tells a coding agent past pitfalls of what it edits",
	.run = run_agent,
};
