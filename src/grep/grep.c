/* SPDX-License-Identifier: GPL-2.0-only */
#include "grep/grep.h"

#include <string.h>

#include "base/glob.h"
#include "corpus/corpus.h"
#include "git/rev.h"
#include "index/index.h"
#include "model/body.h"
#include "model/excerpt.h"
#include "model/read.h"
#include "model/retro.h"

/* What one thread uses alone. */
struct lane {
	struct arena a;
	struct expression *x;
	bool has_section;
	struct err *failure;
};

struct grepping {
	struct arena *a;
	const struct policy *policy;
	const struct grep *grep;
	struct grep_files *out;
	bool *asked_for; /* of each file */
	struct lane lanes[INDEX_SHARES];
};

/* --- one file --- */

/* The parts of a text that its sections take. False if it has none. */
static bool find_text_parts(struct spans *out, struct arena *a,
			    const struct grepping *g, const char *path,
			    const char *text, size_t n)
{
	struct diags ignored = { .arena = a };
	struct strs missing = { 0 };
	struct retro *retro = read_retro(a, &ignored, path, text, n);
	const struct body *body = body_read(retro, a, &ignored, g->policy);
	struct sections sections =
		excerpt_sections(&missing, a, body, &g->grep->sections);

	excerpt_spans(out, a, retro, &sections);
	return sections.nr > 0;
}

/* Reading Markdown takes longer than looking for a pattern, so a text without
 * any is not read as such. */
static struct err *scan_sections(struct grepping *g, struct lane *lane,
				 struct grep_file *file, const char *text,
				 size_t n)
{
	const struct scan any = { .want = SCAN_ANY };
	const struct scan *scan = &g->grep->scan;
	struct spans parts = { 0 };
	struct err *e = NULL;

	if (!scan->invert)
		e = scan_text(&file->found, &lane->a, &any, lane->x, text, n,
			      NULL);
	if (e || (!scan->invert && !file->found.count))
		return e;
	lane->has_section |=
		find_text_parts(&parts, &lane->a, g, file->path,
				arena_strndup(&lane->a, text, n), n);
	return scan_text(&file->found, &lane->a, scan, lane->x, text, n,
			 &parts);
}

/* --- all of them --- */

static struct err *make_expression(struct lane *lane, const struct grep *grep)
{
	return expression_new(&lane->x, &lane->a, grep->tokens, grep->syntax,
			      grep->flags);
}

static void start_grep(void *data)
{
	struct grepping *g = data;

	for (size_t i = 0; i < INDEX_SHARES; i++) {
		err_free(g->lanes[i].failure);
		g->lanes[i].failure = NULL;
		g->lanes[i].has_section = false;
	}
	for (size_t i = 0; i < g->out->nr; i++) {
		g->out->at[i].found = (struct scanned){ 0 };
		g->out->at[i].told = false;
	}
}

static const char *find_id(struct lane *lane, const char *path,
			   const char *text, size_t n)
{
	struct diags ignored = { .arena = &lane->a };

	return read_retro(&lane->a, &ignored, path,
			  arena_strndup(&lane->a, text, n), n)
		->id;
}

static bool scan_one(void *data, size_t share, size_t number, const char *text,
		     size_t n)
{
	struct grepping *g = data;
	struct lane *lane = &g->lanes[share];
	struct grep_file *file = &g->out->at[number];
	struct err *e = NULL;

	file->told = true;
	if (!g->asked_for[number])
		return true;
	if (!lane->x)
		e = make_expression(lane, g->grep);
	if (!e && g->grep->sections.nr)
		e = scan_sections(g, lane, file, text, n);
	else if (!e)
		e = scan_text(&file->found, &lane->a, &g->grep->scan, lane->x,
			      text, n, NULL);
	if (!e && g->grep->ids && file->found.count)
		file->id = find_id(lane, file->path, text, n);
	lane->failure = err_context(e, "%s", file->path);
	return !e && !(g->grep->one && file->found.count);
}

/* What the threads found, as one. */
static struct err *gather_grep(struct grepping *g)
{
	struct err *first = NULL;
	bool has_section = false;

	for (size_t i = 0; i < INDEX_SHARES; i++) {
		struct lane *lane = &g->lanes[i];

		expression_release(lane->x);
		has_section |= lane->has_section;
		if (first)
			err_free(lane->failure);
		else
			first = lane->failure;
		arena_take(g->a, &lane->a);
	}
	g->out->sections_missing = g->grep->sections.nr && !has_section;
	return first;
}

/* The root itself is all there is. */
static struct strs rooted(const struct grep *grep, struct arena *a,
			  struct repo *repo)
{
	const struct corpus here = { .arena = a, .repo = repo };
	struct strs paths = { 0 };

	for (size_t i = 0; i < grep->paths.nr; i++) {
		const char *path = corpus_rooted(&here, grep->paths.at[i]);

		vec_push(a, &paths, *path ? path : "*");
	}
	return paths;
}

/* Room for `nr` files. */
static void make_room(struct grepping *g, size_t nr)
{
	g->asked_for = arena_alloc(g->a, nr + 1);
	g->out->at = arena_alloc(g->a, nr * sizeof(*g->out->at));
	g->out->cap = nr;
}

static void add_file(struct grepping *g, const char *path,
		     const struct strs *paths)
{
	g->asked_for[g->out->nr] = !paths->nr || glob_any(paths, path);
	g->out->at[g->out->nr++].path = path;
}

static void drop_others(struct grepping *g)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->out->nr; i++)
		if (g->asked_for[i])
			g->out->at[kept++] = g->out->at[i];
	g->out->nr = kept;
}

static const struct index_reader reader = { start_grep, scan_one };

static struct err *scan_place(struct grepping *g, struct repo *repo,
			      const struct oid *commit)
{
	struct strs paths = rooted(g->grep, g->a, repo);
	const struct cached_files *files;
	struct index *index;
	struct err *e = index_open(&index, g->a, repo, g->policy, commit, 0,
				   &g->out->diags);

	if (e)
		return e;
	files = index_files(index);
	make_room(g, files->nr);
	for (size_t i = 0; i < files->nr; i++)
		add_file(g, files->at[i].path, &paths);
	e = index_texts(index, &reader, g);
	index_close(index);
	return e;
}

static struct err *scan_versions(struct grepping *g, struct repo *repo,
				 const struct history *history)
{
	struct strs paths = rooted(g->grep, g->a, repo);
	struct index *index;
	struct err *e = index_open(&index, g->a, repo, g->policy, NULL,
				   INDEX_BLOBS, &g->out->diags);

	if (e)
		return e;
	make_room(g, history->blobs.nr);
	for (size_t i = 0; i < history->blobs.nr; i++)
		add_file(g, history_version(history, i).path, &paths);
	e = index_blobs(index, &history->blobs, &reader, g);
	index_close(index);
	for (size_t i = 0; i < g->out->nr; i++) {
		if (!g->asked_for[i])
			g->out->at[i].path = NULL;
		else if (!g->out->at[i].told && !g->grep->one)
			g->out->unread++;
	}
	return e;
}

/* A bad pattern is said where there is no text to try it on, too. */
static struct err *begin_grep(struct grepping *g)
{
	*g->out = (struct grep_files){ .diags.arena = g->a };
	return make_expression(&g->lanes[0], g->grep);
}

static struct err *finish_grep(struct grepping *g, struct err *e)
{
	struct err *failure = gather_grep(g);

	if (!e)
		return failure;
	err_free(failure);
	return e;
}

struct err *grep_run(struct grep_files *out, struct arena *a, struct repo *repo,
		     const struct policy *policy, const struct grep *grep)
{
	struct grepping g = {
		.a = a, .policy = policy, .grep = grep, .out = out
	};
	struct oid commit;
	struct err *e = begin_grep(&g);

	if (!e && grep->rev)
		e = rev_commit(&commit, repo, grep->rev);
	if (!e)
		e = scan_place(&g, repo, grep->rev ? &commit : NULL);
	drop_others(&g);
	return finish_grep(&g, e);
}

struct err *grep_history(struct grep_files *out, struct arena *a,
			 struct repo *repo, const struct policy *policy,
			 const struct grep *grep, const struct history *history)
{
	struct grepping g = {
		.a = a, .policy = policy, .grep = grep, .out = out
	};
	struct err *e = begin_grep(&g);

	if (!e)
		e = scan_versions(&g, repo, history);
	return finish_grep(&g, e);
}
