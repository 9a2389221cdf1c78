/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/promises.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/glob.h"
#include "base/hash.h"
#include "base/sorted.h"
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
#define AROUND     " \t\n`'\"()[]<>,;:!?"
#define AROUND_TOO "，。、；：！？（）【】「」《》“”‘’"

/* An open action, and its files: names, or the globs of its retro. */
struct open_action {
	struct listed_action *listed;
	struct strs files;
	bool globs;
	int64_t since;
	bool touched;
};

/* Files, sorted, each once. */
struct dated_path {
	const char *path;
	int64_t time; /* of the commit that changed it last */
};
struct dated_paths VEC_OF(struct dated_path);

/* Globs, and when a file that they mean was changed last. */
struct globs_answer {
	const struct strs *globs;
	int64_t time; /* INT64_MIN: there is none such */
};
struct globs_answers VEC_OF(struct globs_answer);

/* A done one, and the commit that did it. */
struct done_action {
	struct listed_action *listed;
	struct oid commit;
};

struct look {
	struct corpus *corpus;
	struct arena *a;
	struct oid head;
	struct dated_paths names;     /* every path of HEAD, without a time */
	bool *marks;                  /* where a hash of one leads */
	size_t marks_nr;              /* a power of two */
	struct globs_answers answers; /* of the globs of all, sorted */
	struct VEC_OF(struct open_action) open;
	struct VEC_OF(struct done_action) done;
};

/* --- files ----------------------------------------------------------------- */

static int by_dated_path(const void *a, const void *b)
{
	const struct dated_path *one = a, *other = b;

	return strcmp(one->path, other->path);
}

/* NULL if there is none. */
static const struct dated_path *find_dated_path(const struct dated_paths *paths,
						const char *path)
{
	const struct dated_path key = { path, 0 };

	return paths->nr ? bsearch(&key, paths->at, paths->nr,
				   sizeof(*paths->at), by_dated_path)
			 : NULL;
}

static int by_dated_start(const void *key, const void *element)
{
	const struct sorted_key *start = key;
	const struct dated_path *path = element;

	return strncmp(start->text, path->path, start->n);
}

/* The last change of a file that the globs mean, sought among those that begin
 * as one of them, `glob`, does. */
static int64_t time_of_glob(const struct dated_paths *paths,
			    const struct strs *globs, const char *glob)
{
	struct sorted_key start = { glob, 0 };
	int64_t time = INT64_MIN;

	start.n = glob_start(&start.text, glob);
	for (size_t i = sorted_first(&start, paths->at, paths->nr,
				     sizeof(*paths->at), by_dated_start);
	     i < paths->nr && !by_dated_start(&start, &paths->at[i]); i++)
		if (paths->at[i].time > time &&
		    glob_any(globs, paths->at[i].path))
			time = paths->at[i].time;
	return time;
}

static int64_t time_of_globs(const struct dated_paths *paths,
			     const struct strs *globs)
{
	int64_t latest = INT64_MIN;

	for (size_t i = 0; i < globs->nr; i++) {
		const char *glob = globs->at[i];
		int64_t time = strchr("!#", *glob)
				       ? INT64_MIN
				       : time_of_glob(paths, globs, glob);

		if (time > latest)
			latest = time;
	}
	return latest;
}

static int by_globs(const void *a, const void *b)
{
	const struct globs_answer *one = a, *other = b;
	size_t nr = one->globs->nr;
	int order = (nr > other->globs->nr) - (nr < other->globs->nr);

	for (size_t i = 0; !order && i < nr; i++)
		order = strcmp(one->globs->at[i], other->globs->at[i]);
	return order;
}

/* Answers each list of globs once, as many retros have the same. */
static void answer_globs(struct globs_answers *answers,
			 const struct dated_paths *paths)
{
	size_t kept = 0;

	if (answers->nr)
		qsort(answers->at, answers->nr, sizeof(*answers->at), by_globs);
	for (size_t i = 0; i < answers->nr; i++)
		if (!kept || by_globs(&answers->at[kept - 1], &answers->at[i]))
			answers->at[kept++] = answers->at[i];
	answers->nr = kept;
	for (size_t i = 0; i < answers->nr; i++)
		answers->at[i].time =
			time_of_globs(paths, answers->at[i].globs);
}

static int64_t globs_answer(const struct globs_answers *answers,
			    const struct strs *globs)
{
	const struct globs_answer key = { globs, 0 }, *answer;

	if (!answers->nr)
		return INT64_MIN;
	answer = bsearch(&key, answers->at, answers->nr, sizeof(*answers->at),
			 by_globs);
	return answer ? answer->time : INT64_MIN;
}

/* Nearly every word is no path: that is seen here, without a search. */
static bool *path_mark(const struct look *look, const char *word, size_t n)
{
	return &look->marks[hash_bytes(HASH_START, word, n) &
			    (look->marks_nr - 1)];
}

static struct err *list_promised_names(struct look *look)
{
	struct strs names = { 0 };
	struct err *e =
		tree_names(&names, look->a, look->corpus->repo, &look->head);

	if (e)
		return e;
	for (look->marks_nr = 64; look->marks_nr < 8 * names.nr;)
		look->marks_nr *= 2;
	look->marks = arena_alloc(look->a, look->marks_nr);
	for (size_t i = 0; i < names.nr; i++) {
		vec_push(look->a, &look->names,
			 (struct dated_path){ names.at[i], 0 });
		*path_mark(look, names.at[i], strlen(names.at[i])) = true;
	}
	return NULL;
}

/* --- open ones ----------------------------------------------------------- */

/* The bytes of the character at `s` if it parts words, else 0. */
static size_t parting_length(const char *s)
{
	size_t n;

	if ((unsigned char)*s < 0x80)
		return strchr(AROUND, *s) != NULL;
	/* All of the others begin so, and have three bytes. */
	if (!strchr("\xe2\xe3\xef", *s) || !s[1] || !s[2])
		return 0;
	for (n = 0; n < strlen(AROUND_TOO); n += 3)
		if (!memcmp(s, &AROUND_TOO[n], 3))
			return 3;
	return 0;
}

static bool add_named_file(struct open_action *open, const struct look *look,
			   const char *at, size_t n)
{
	const char *word;

	/* The end of a sentence. */
	if (n && at[n - 1] == '.' && add_named_file(open, look, at, n - 1))
		return true;
	if (!n || !*path_mark(look, at, n))
		return false;
	word = arena_strndup(look->a, at, n);
	if (!find_dated_path(&look->names, word))
		return false;
	strs_add(look->a, &open->files, word);
	return true;
}

/* Chinese has no spaces: a name stands in the middle of a sentence. */
static void add_plain_parts(struct open_action *open, const struct look *look,
			    const char *at, size_t n)
{
	size_t plain = 0;

	for (size_t i = 0; i <= n; i++)
		if (i < n && (unsigned char)at[i] < 0x80) {
			plain++;
		} else {
			if (plain < n)
				add_named_file(open, look, at + i - plain,
					       plain);
			plain = 0;
		}
}

static void find_named_files(struct open_action *open, const struct look *look)
{
	const char *at = open->listed->action->text;

	while (*at) {
		size_t n = 0;

		while (at[n] && !parting_length(at + n))
			n++;
		if (!add_named_file(open, look, at, n))
			add_plain_parts(open, look, at, n);
		at += n;
		if (*at)
			at += parting_length(at);
	}
}

static int32_t day_made(const struct retro *retro)
{
	int32_t day = retro_drafted(retro);

	return day == DAY_NONE ? retro->date : day;
}

/* Those that were made on a known day. */
static void add_open(struct look *look, struct listed_action *listed)
{
	struct open_action open = { .listed = listed };
	int32_t day = day_made(listed->retro);

	if (day == DAY_NONE)
		return;
	/* Commits of the day itself may have come before or after. */
	open.since = ((int64_t)day + 1) * 86400;
	find_named_files(&open, look);
	if (!open.files.nr) {
		open.files = listed->retro->paths;
		open.globs = true;
		vec_push(look->a, &look->answers,
			 (struct globs_answer){ &listed->retro->paths, 0 });
	}
	vec_push(look->a, &look->open, open);
}

/* Leaves those that no file of HEAD is named by. */
static void keep_open_with_files(struct look *look)
{
	size_t kept = 0;

	answer_globs(&look->answers, &look->names);
	for (size_t i = 0; i < look->open.nr; i++) {
		const struct open_action *open = &look->open.at[i];

		if (!open->globs ||
		    globs_answer(&look->answers, &open->files) != INT64_MIN)
			look->open.at[kept++] = *open;
	}
	look->open.nr = kept;
}

/* Each path once, with the time of its last change. */
static void date_paths(struct dated_paths *out, struct arena *a,
		       const struct path_changes *changes)
{
	size_t kept = 0;

	for (size_t i = 0; i < changes->nr; i++)
		vec_push(a, out,
			 (struct dated_path){ changes->at[i].path,
					      changes->at[i].time });
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), by_dated_path);
	for (size_t i = 0; i < out->nr; i++) {
		struct dated_path *last = kept ? &out->at[kept - 1] : NULL;

		if (!last || by_dated_path(last, &out->at[i]))
			out->at[kept++] = out->at[i];
		else if (out->at[i].time > last->time)
			last->time = out->at[i].time;
	}
	out->nr = kept;
}

static bool is_touched(const struct look *look,
		       const struct dated_paths *changed,
		       const struct open_action *open)
{
	if (open->globs)
		return globs_answer(&look->answers, &open->files) >=
		       open->since;
	for (size_t i = 0; i < open->files.nr; i++) {
		const struct dated_path *path =
			find_dated_path(changed, open->files.at[i]);

		if (path && path->time >= open->since)
			return true;
	}
	return false;
}

static void note_changes(struct look *look, const struct path_changes *changes)
{
	struct dated_paths changed = { 0 };

	date_paths(&changed, look->a, changes);
	answer_globs(&look->answers, &changed);
	for (size_t i = 0; i < look->open.nr; i++) {
		struct open_action *open = &look->open.at[i];

		open->touched = is_touched(look, &changed, open);
	}
}

static struct err *judge_open(struct look *look)
{
	struct path_changes changes = { 0 };
	int64_t since = INT64_MAX;
	bool all = false;
	struct err *e;

	keep_open_with_files(look);
	for (size_t i = 0; i < look->open.nr; i++)
		if (look->open.at[i].since < since)
			since = look->open.at[i].since;
	if (!look->open.nr || repo_is_shallow(look->corpus->repo))
		return NULL;
	e = touched_since(&changes, &all, look->a, &look->head, since - 1,
			  COMMITS_MAX);
	if (e)
		return e;
	note_changes(look, &changes);
	for (size_t i = 0; i < look->open.nr; i++)
		if (look->open.at[i].touched || all)
			look->open.at[i].listed->promise =
				look->open.at[i].touched ? PROMISE_GOOD
							 : PROMISE_UNTOUCHED;
	return NULL;
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
		e = list_promised_names(&look);
	for (size_t i = 0; !e && i < actions->nr; i++)
		if (actions->at[i].state == ACTION_OPEN)
			add_open(&look, &actions->at[i]);
	if (!e)
		e = judge_open(&look);
	if (!e)
		e = find_done(&look, actions);
	return e ? e : judge_done(&look, config);
}
