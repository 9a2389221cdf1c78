/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/grep.h"

#include <string.h>

#include "base/file.h"
#include "base/glob.h"
#include "git/rev.h"
#include "git/tree.h"
#include "model/body.h"
#include "model/excerpt.h"
#include "model/retro.h"
#include "store/corpus.h"
#include "store/parallel.h"
#include "store/work_tree.h"

struct grepping {
	const struct repo *repo;
	const struct policy *policy;
	const struct grep *grep;
	struct strs paths; /* from the root */
	struct grep_files *out;
	struct err **failures; /* one for each file, or NULL */
	bool *has_section;     /* likewise */
};

/* Turns a failure to read into a problem of what could not be read. */
static void report(struct diags *diags, const char *path, struct err *e)
{
	if (e)
		diag_add(diags, "file", path, (struct pos){ 0 }, e->hint, "%s",
			 e->text);
	err_free(e);
}

/* --- one file --- */

/* The parts of a text that its sections take. False if it has none. */
static bool find_parts(struct spans *out, struct arena *a,
		       const struct grepping *g, const char *path,
		       const char *text, size_t n)
{
	struct diags ignored = { .arena = a };
	struct strs missing = { 0 };
	struct retro *retro = retro_parse(a, &ignored, path, text, n);
	const struct body *body = body_read(retro, a, &ignored, g->policy);
	struct sections sections =
		excerpt_sections(&missing, a, body, &g->grep->sections);

	excerpt_spans(out, a, retro, &sections);
	return sections.nr > 0;
}

/* Reading Markdown takes longer than looking for a pattern, so a text without
 * any is not read as such. */
static struct err *scan_sections(struct grepping *g, size_t i, struct arena *a,
				 struct expression *x, const char *text,
				 size_t n)
{
	const struct scan any = { .want = SCAN_ANY };
	const struct scan *scan = &g->grep->scan;
	struct grep_file *file = &g->out->at[i];
	struct spans parts = { 0 };
	struct err *e = NULL;

	if (!scan->invert)
		e = scan_text(&file->found, a, &any, x, text, n, NULL);
	if (e || (!scan->invert && !file->found.count))
		return e;
	g->has_section[i] = find_parts(&parts, a, g, file->path, text, n);
	return scan_text(&file->found, a, scan, x, text, n, &parts);
}

static void scan_file(struct grepping *g, size_t i, struct arena *a,
		      struct expression *x, const struct buf *b)
{
	struct grep_file *file = &g->out->at[i];
	struct err *e;

	if (g->grep->sections.nr)
		e = scan_sections(g, i, a, x, b->p, b->n);
	else
		e = scan_text(&file->found, a, &g->grep->scan, x, b->p, b->n,
			      NULL);
	g->failures[i] = err_context(e, "%s", file->path);
}

/* --- all of them --- */

/* Whether a file is one to look in. */
static bool is_asked_for(const struct grepping *g, const char *path)
{
	return retro_is_path(path) &&
	       (!g->paths.nr || glob_any(&g->paths, path));
}

static struct err *make_expression(struct expression **out, struct arena *a,
				   const struct grep *grep)
{
	return expression_new(out, a, grep->tokens, grep->syntax, grep->flags);
}

static void scan_share(void *data, size_t from, size_t to, struct arena *a,
		       struct diags *diags)
{
	struct grepping *g = data;
	struct expression *x;
	struct buf b = BUF_INIT;
	struct err *e = make_expression(&x, a, g->grep);

	if (e) {
		g->failures[from] = e;
		return;
	}
	for (size_t i = from; i < to; i++) {
		struct err *unread;

		buf_reset(&b);
		unread = work_tree_read(&b, a, g->repo, g->out->at[i].path);
		if (!unread)
			scan_file(g, i, a, x, &b);
		report(diags, g->out->at[i].path, unread);
	}
	expression_release(x);
	buf_release(&b);
}

static void prepare(struct grepping *g, struct arena *a)
{
	size_t nr = g->out->nr + 1;

	g->failures = arena_alloc(a, nr * sizeof(*g->failures));
	g->has_section = arena_alloc(a, nr * sizeof(*g->has_section));
}

/* The first failure, and whether any section was found. */
static struct err *finish(struct grepping *g)
{
	struct err *first = NULL;
	bool has_section = false;

	for (size_t i = 0; i < g->out->nr; i++) {
		has_section |= g->has_section[i];
		if (first)
			err_free(g->failures[i]);
		else
			first = g->failures[i];
	}
	g->out->sections_missing = g->grep->sections.nr && !has_section;
	return first;
}

static struct err *grep_work_tree(struct grepping *g, struct arena *a)
{
	struct strs paths = { 0 };
	const char *dir = g->policy->dir;

	report(&g->out->diags, dir, work_tree_list(&paths, a, g->repo, dir));
	for (size_t i = 0; i < paths.nr; i++)
		if (is_asked_for(g, paths.at[i]))
			vec_push(a, g->out,
				 (struct grep_file){ .path = paths.at[i] });
	prepare(g, a);
	parallel_run(scan_share, g, g->out->nr, a, &g->out->diags);
	return finish(g);
}

static struct err *grep_commit(struct grepping *g, struct arena *a,
			       struct repo *repo, struct expression *x,
			       const struct oid *commit)
{
	struct tree_entries entries = { 0 };
	struct buf b = BUF_INIT;
	struct err *e = tree_list(&entries, a, repo, commit, g->policy->dir);
	size_t kept = 0;

	if (e)
		return e;
	for (size_t i = 0; i < entries.nr; i++) {
		if (!is_asked_for(g, entries.at[i].path))
			continue;
		entries.at[kept++] = entries.at[i];
		vec_push(a, g->out,
			 (struct grep_file){ .path = entries.at[i].path });
	}
	prepare(g, a);
	for (size_t i = 0; i < kept; i++) {
		struct err *unread;

		buf_reset(&b);
		unread = tree_blob(&b, repo, &entries.at[i].blob, FILE_MAX);
		if (!unread)
			scan_file(g, i, a, x, &b);
		report(&g->out->diags, g->out->at[i].path, unread);
	}
	buf_release(&b);
	return finish(g);
}

static struct err *grep_rev(struct grepping *g, struct arena *a,
			    struct repo *repo)
{
	const char *rev = g->grep->rev;
	struct expression *x;
	struct oid commit;
	struct err *e =
		rev ? rev_commit(&commit, repo, rev) : rev_head(&commit, repo);

	if (e && !rev && e->code == ERR_NOT_FOUND) {
		err_free(e); /* nothing is committed yet */
		return NULL;
	}
	if (!e)
		e = make_expression(&x, a, g->grep);
	if (e)
		return e;
	e = grep_commit(g, a, repo, x, &commit);
	expression_release(x);
	return e;
}

/* The root itself is all there is. */
static void root_paths(struct grepping *g, struct arena *a, struct repo *repo)
{
	const struct corpus here = { .arena = a, .repo = repo };

	for (size_t i = 0; i < g->grep->paths.nr; i++) {
		const char *path = corpus_rooted(&here, g->grep->paths.at[i]);

		vec_push(a, &g->paths, *path ? path : "*");
	}
}

struct err *grep_run(struct grep_files *out, struct arena *a, struct repo *repo,
		     const struct policy *policy, const struct grep *grep)
{
	struct grepping g = {
		.repo = repo, .policy = policy, .grep = grep, .out = out
	};

	struct expression *x;
	struct err *e = make_expression(&x, a, grep);

	/* said also where there is no file to look in */
	if (e)
		return e;
	expression_release(x);
	*out = (struct grep_files){ .diags.arena = a };
	root_paths(&g, a, repo);
	if (!grep->rev && repo_work_tree(repo))
		return grep_work_tree(&g, a);
	return grep_rev(&g, a, repo);
}
