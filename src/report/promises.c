/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/promises.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/glob.h"
#include "git/lookup.h"
#include "git/rev.h"
#include "git/touched_since.h"
#include "git/tree.h"
#include "git/walk.h"
#include "lineage/release_lines.h"
#include "lineage/trace.h"

/* Commits that are looked through for files that open actions are about. */
#define COMMITS_MAX 20000

/* What stands around a name in a sentence. */
#define AROUND " \t\n`'\"()[]<>,;:!?，。、；：（）「」“”"

/* An open action, and its files: names, or the globs of its retro. */
struct open_action {
	struct listed_action *listed;
	struct strs files;
	bool globs;
	int64_t since;
	bool touched;
};

/* A done one, and the commit that did it. */
struct done_action {
	struct listed_action *listed;
	struct oid commit;
};

struct look {
	struct corpus *corpus;
	struct arena *a;
	struct oid head;
	struct strs names; /* every path of HEAD, sorted */
	struct VEC_OF(struct open_action) open;
	struct VEC_OF(struct done_action) done;
};

/* --- open ones ----------------------------------------------------------- */

static int by_promise_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether it is a file of HEAD. */
static bool is_promise_name(const struct look *look, const char *word)
{
	return look->names.nr &&
	       bsearch(&word, look->names.at, look->names.nr,
		       sizeof(*look->names.at), by_promise_name);
}

static void find_named_files(struct open_action *open, const struct look *look)
{
	const char *at = open->listed->action->text;

	while (*at) {
		size_t n = strcspn(at, AROUND);
		const char *word = arena_strndup(look->a, at, n);

		if (n && is_promise_name(look, word))
			strs_add(look->a, &open->files, word);
		at += n + (at[n] != '\0');
	}
}

static bool matches_any_promise(const struct look *look,
				const struct strs *globs)
{
	for (size_t i = 0; i < look->names.nr; i++)
		if (glob_any(globs, look->names.at[i]))
			return true;
	return false;
}

static int32_t day_made(const struct retro *retro)
{
	int32_t day = retro_drafted(retro);

	return day == DAY_NONE ? retro->date : day;
}

static void add_open(struct look *look, struct listed_action *listed)
{
	struct open_action open = { .listed = listed };
	int32_t day = day_made(listed->retro);

	if (day == DAY_NONE)
		return;
	/* Commits of the day itself may have come before or after. */
	open.since = ((int64_t)day + 1) * 86400;
	find_named_files(&open, look);
	if (!open.files.nr &&
	    matches_any_promise(look, &listed->retro->paths)) {
		open.files = listed->retro->paths;
		open.globs = true;
	}
	if (open.files.nr)
		vec_push(look->a, &look->open, open);
}

static bool is_promise_about(const struct open_action *open, const char *path)
{
	return open->globs ? glob_any(&open->files, path)
			   : strs_has(&open->files, path);
}

static void note_change(struct look *look, const struct path_change *change)
{
	for (size_t i = 0; i < look->open.nr; i++) {
		struct open_action *open = &look->open.at[i];

		if (!open->touched && change->time >= open->since)
			open->touched = is_promise_about(open, change->path);
	}
}

static struct err *judge_open(struct look *look)
{
	struct path_changes changes = { 0 };
	int64_t since = INT64_MAX;
	bool all = false;
	struct err *e;

	for (size_t i = 0; i < look->open.nr; i++)
		if (look->open.at[i].since < since)
			since = look->open.at[i].since;
	if (!look->open.nr || repo_is_shallow(look->corpus->repo))
		return NULL;
	e = touched_since(&changes, &all, look->a, &look->head, since - 1,
			  COMMITS_MAX);
	for (size_t i = 0; !e && i < changes.nr; i++)
		note_change(look, &changes.at[i]);
	for (size_t i = 0; !e && i < look->open.nr; i++)
		if (look->open.at[i].touched || all)
			look->open.at[i].listed->promise =
				look->open.at[i].touched ? PROMISE_GOOD
							 : PROMISE_UNTOUCHED;
	return e;
}

/* --- done ones ----------------------------------------------------------- */

static struct err *find_done(struct look *look, struct listed_actions *actions)
{
	struct VEC_OF(struct listed_action *) named = { 0 };
	struct strs names = { 0 };
	struct oid *ids;
	struct err *e;

	for (size_t i = 0; i < actions->nr; i++) {
		struct listed_action *listed = &actions->at[i];
		int32_t day;

		if (listed->state != ACTION_DONE)
			continue;
		if (listed->closed) {
			vec_push(look->a, &look->done,
				 (struct done_action){
					 listed, listed->closed->commit });
		} else if (listed->action->done &&
			   !day_parse(&day, listed->action->done)) {
			vec_push(look->a, &named, listed);
			vec_push(look->a, &names, listed->action->done);
		}
	}
	if (!names.nr)
		return NULL;
	ids = arena_alloc(look->a, names.nr * sizeof(*ids));
	e = lookup_ids(ids, look->corpus->repo, &names);
	for (size_t i = 0; !e && i < names.nr; i++)
		if (!oid_is_zero(&ids[i]))
			vec_push(look->a, &look->done,
				 (struct done_action){ named.at[i], ids[i] });
	return e;
}

/* The releases, and behind them HEAD. */
static struct err *find_promise_lines(struct release_lines *out,
				      struct look *look,
				      const struct config *config)
{
	struct corpus *corpus = look->corpus;
	struct release_line head = { .type = REF_BRANCH,
				     .name = "HEAD",
				     .commit = look->head };
	struct release_lines all = { 0 };
	struct err *e = release_lines_find(&all, look->a, corpus->repo, config,
					   corpus->policy, NULL, NULL);

	for (size_t i = 0; !e && i < all.nr; i++)
		if (all.at[i].type == REF_TAG)
			vec_push(look->a, out, all.at[i]);
	if (!e)
		vec_push(look->a, out, head);
	return e;
}

/* By what the releases, and HEAD behind them, have of the commit. */
static enum promise judge_cells(const struct trace *trace,
				const struct release_lines *lines,
				int64_t committed)
{
	size_t releases = lines->nr - 1;
	bool since = false;

	if (trace->cells[releases].state == TRACE_SUSPECT)
		return PROMISE_REVERTED;
	if (trace->cells[releases].state != TRACE_FIXED)
		return PROMISE_UNKNOWN;
	for (size_t i = 0; i < releases; i++) {
		if (trace->cells[i].state != TRACE_SUSPECT)
			return PROMISE_GOOD;
		since |= lines->at[i].time > committed;
	}
	return since ? PROMISE_UNRELEASED : PROMISE_GOOD;
}

static struct err *trace_done(struct traces *out, struct look *look,
			      const struct release_lines *lines,
			      struct questions *questions)
{
	struct trace_base base;
	struct err *e;

	for (size_t i = 0; i < look->done.nr; i++) {
		struct question question = { 0 };

		vec_push(look->a, &question.fix, look->done.at[i].commit);
		vec_push(look->a, questions, question);
	}
	e = trace_base_open(&base, look->a, look->corpus->repo, lines,
			    questions);
	if (!e)
		e = trace_base_graph(&base);
	if (!e)
		e = trace_run(out, &base, lines, questions);
	trace_base_close(&base);
	return e;
}

static struct err *judge_done(struct look *look, const struct config *config)
{
	struct release_lines *lines = &(struct release_lines){ 0 };
	struct questions questions = { 0 };
	struct traces traces = { 0 };
	struct err *e;

	if (!look->done.nr)
		return NULL;
	e = find_promise_lines(lines, look, config);
	if (!e)
		e = trace_done(&traces, look, lines, &questions);
	for (size_t i = 0; !e && i < look->done.nr; i++) {
		const struct done_action *done = &look->done.at[i];
		struct commit commit;

		e = walk_one(&commit, look->a, look->corpus->repo,
			     &done->commit);
		if (!e)
			done->listed->promise = judge_cells(
				&traces.at[i], lines, commit.committed.seconds);
	}
	return e;
}

struct err *promises_load(struct listed_actions *actions, struct corpus *corpus,
			  const struct config *config)
{
	struct look look = { .corpus = corpus, .a = corpus->arena };
	struct err *e = rev_head(&look.head, corpus->repo);

	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e); /* no commit yet */
		return NULL;
	}
	if (!e)
		e = tree_names(&look.names, look.a, corpus->repo, &look.head);
	for (size_t i = 0; !e && i < actions->nr; i++)
		if (actions->at[i].state == ACTION_OPEN)
			add_open(&look, &actions->at[i]);
	if (!e)
		e = judge_open(&look);
	if (!e)
		e = find_done(&look, actions);
	return e ? e : judge_done(&look, config);
}
