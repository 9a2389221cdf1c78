/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/grep.h"

#include <string.h>

#include "base/glob.h"
#include "git/rev.h"
#include "model/body.h"
#include "model/excerpt.h"
#include "model/retro.h"
#include "store/corpus.h"
#include "store/index.h"

struct grepping {
	struct arena *a;
	const struct policy *policy;
	const struct grep *grep;
	struct expression *x;
	struct grep_files *out;
	bool *asked_for; /* of each file */
	bool has_section;
	struct err *failure;
};

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
static struct err *scan_sections(struct grepping *g, struct grep_file *file,
				 const char *text, size_t n)
{
	const struct scan any = { .want = SCAN_ANY };
	const struct scan *scan = &g->grep->scan;
	struct spans parts = { 0 };
	struct err *e = NULL;

	if (!scan->invert)
		e = scan_text(&file->found, g->a, &any, g->x, text, n, NULL);
	if (e || (!scan->invert && !file->found.count))
		return e;
	g->has_section |= find_parts(&parts, g->a, g, file->path,
				     arena_strndup(g->a, text, n), n);
	return scan_text(&file->found, g->a, scan, g->x, text, n, &parts);
}

/* --- all of them --- */

static void start(void *data)
{
	struct grepping *g = data;

	err_free(g->failure);
	g->failure = NULL;
	g->has_section = false;
	for (size_t i = 0; i < g->out->nr; i++)
		g->out->at[i].found = (struct scanned){ 0 };
}

static bool scan_one(void *data, size_t number, const char *text, size_t n)
{
	struct grepping *g = data;
	struct grep_file *file = &g->out->at[number];

	if (!g->asked_for[number])
		return true;
	if (g->grep->sections.nr)
		g->failure = scan_sections(g, file, text, n);
	else
		g->failure = scan_text(&file->found, g->a, &g->grep->scan, g->x,
				       text, n, NULL);
	g->failure = err_context(g->failure, "%s", file->path);
	return !g->failure;
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

static void list_files(struct grepping *g, const struct files *files,
		       const struct strs *paths)
{
	g->asked_for = arena_alloc(g->a, files->nr + 1);
	for (size_t i = 0; i < files->nr; i++) {
		const char *path = files->at[i].path;

		vec_push(g->a, g->out, (struct grep_file){ .path = path });
		g->asked_for[i] = !paths->nr || glob_any(paths, path);
	}
}

static void drop_others(struct grepping *g)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->out->nr; i++)
		if (g->asked_for[i])
			g->out->at[kept++] = g->out->at[i];
	g->out->nr = kept;
}

static struct err *scan_all(struct grepping *g, struct repo *repo,
			    const struct oid *commit)
{
	static const struct index_reader reader = { start, scan_one };
	struct strs paths = rooted(g->grep, g->a, repo);
	struct index *index;
	struct err *e = index_open(&index, g->a, repo, g->policy, commit, 0,
				   &g->out->diags);

	if (e)
		return e;
	list_files(g, index_files(index), &paths);
	e = index_texts(index, &reader, g);
	index_close(index);
	drop_others(g);
	g->out->sections_missing = g->grep->sections.nr && !g->has_section;
	if (!e)
		return g->failure;
	err_free(g->failure);
	return e;
}

struct err *grep_run(struct grep_files *out, struct arena *a, struct repo *repo,
		     const struct policy *policy, const struct grep *grep)
{
	struct grepping g = {
		.a = a, .policy = policy, .grep = grep, .out = out
	};
	struct oid commit;
	struct err *e = expression_new(&g.x, a, grep->tokens, grep->syntax,
				       grep->flags);

	*out = (struct grep_files){ .diags.arena = a };
	if (!e && grep->rev)
		e = rev_commit(&commit, repo, grep->rev);
	if (!e)
		e = scan_all(&g, repo, grep->rev ? &commit : NULL);
	expression_release(g.x);
	return e;
}
