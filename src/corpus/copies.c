/* SPDX-License-Identifier: GPL-2.0-only */
/* The retros of every branch, each once, and where its copies are. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "corpus/branches.h"
#include "corpus/internal.h"
#include "git/rev.h"
#include "git/tree.h"
#include "index/index.h"
#include "model/body.h"
#include "model/dirs.h"
#include "model/read.h"

/* A file as a branch has it; `state` is an index, lower is newer. */
struct branch_file {
	const char *path;
	struct oid blob;
	size_t state;
};
struct branch_files VEC_OF(struct branch_file);

/* One text of a retro, and where it is. */
struct copy {
	struct retro *retro;
	bool here;
	size_t state;   /* the newest that has it */
	struct strs on; /* branches */
};

struct gathering_copies {
	struct corpus *corpus;
	struct branch_states states;
	struct branch_files files;
	struct retros here;              /* of the work tree, by path */
	const struct cached_files *work; /* and its files, likewise */
	struct VEC_OF(struct copy) copies;
};

/* --- the files of the branches --- */

static int by_path_and_blob(const void *a, const void *b)
{
	const struct branch_file *one = a, *other = b;
	int order = strcmp(one->path, other->path);

	if (!order)
		order = memcmp(&one->blob, &other->blob, sizeof(one->blob));
	if (!order)
		order = one->state < other->state ? -1 : 1;
	return order;
}

static void list_branch_files(struct gathering_copies *g)
{
	struct corpus *corpus = g->corpus;

	for (size_t i = 0; i < g->states.nr; i++) {
		struct tree_entries entries = { 0 };
		const struct branch_state *state = &g->states.at[i];

		corpus_report(
			corpus, corpus->policy->root,
			err_context(tree_list(&entries, corpus->arena,
					      corpus->repo, &state->commit,
					      corpus->policy->root),
				    _("on branch %s"), state->branches.at[0]));
		dirs_keep(&corpus->policy->dirs, entries.at, &entries.nr,
			  sizeof(*entries.at));
		for (size_t j = 0; j < entries.nr; j++)
			vec_push(corpus->arena, &g->files,
				 (struct branch_file){ entries.at[j].path,
						       entries.at[j].blob, i });
	}
	if (g->files.nr)
		qsort(g->files.at, g->files.nr, sizeof(*g->files.at),
		      by_path_and_blob);
}

/* --- their texts --- */

/* A checkout may change line endings (core.autocrlf). */
static bool same_text(const char *a, size_t an, const char *b, size_t bn)
{
	size_t i = 0, j = 0;

	while (i < an && j < bn) {
		i += a[i] == '\r' && i + 1 < an && a[i + 1] == '\n';
		j += b[j] == '\r' && j + 1 < bn && b[j + 1] == '\n';
		if (a[i++] != b[j++])
			return false;
	}
	return i == an && j == bn;
}

/* The texts of two retros; one that cannot be read any more is another. */
static bool has_same_text(struct corpus *corpus, struct retro *one,
			  struct retro *other)
{
	struct retros both = { 0 };
	struct err *e;

	vec_push(corpus->arena, &both, one);
	vec_push(corpus->arena, &both, other);
	e = corpus_read(corpus, &both);
	if (e) {
		err_pass(e);
		return false;
	}
	return same_text(one->bytes, one->n, other->bytes, other->n);
}

static int compare_file_path(const void *path, const void *file)
{
	return strcmp(path, ((const struct cached_file *)file)->path);
}

/* The retro of the work tree that has this path; *same: that very blob. */
static struct retro *find_here(bool *same, const struct gathering_copies *g,
			       const struct branch_file *file)
{
	const struct cached_file *found = NULL;

	if (g->here.nr)
		found = bsearch(file->path, g->work->at, g->work->nr,
				sizeof(*found), compare_file_path);
	if (!found)
		return NULL;
	*same = oid_equal(&found->blob, &file->blob);
	return g->here.at[found - g->work->at];
}

/* Mostly the one that the work tree has there: it need not be read. */
static struct err *read_branch_copy(struct retro **out,
				    struct gathering_copies *g,
				    const struct branch_file *file,
				    struct buf *b)
{
	struct corpus *corpus = g->corpus;
	struct diags ignored = { .arena = corpus->arena };
	bool same = false;
	struct retro *here = find_here(&same, g, file);
	struct err *e;

	*out = here;
	if (same)
		return NULL;
	buf_reset(b);
	e = tree_blob(b, corpus->repo, &file->blob, FILE_MAX);
	if (e)
		return e;
	*out = read_retro(corpus->arena, &ignored, file->path,
			  arena_strndup(corpus->arena, b->p, b->n), b->n);
	body_read(*out, corpus->arena, &ignored, corpus->policy);
	if (here && has_same_text(corpus, here, *out))
		*out = here;
	return NULL;
}

static void read_copies(struct gathering_copies *g)
{
	struct arena *a = g->corpus->arena;
	const struct branch_files *files = &g->files;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < files->nr;) {
		const struct branch_file *first = &files->at[i];
		struct copy copy = { .state = first->state };
		struct err *e = read_branch_copy(&copy.retro, g, first, &b);

		for (;
		     i < files->nr && !strcmp(files->at[i].path, first->path) &&
		     oid_equal(&files->at[i].blob, &first->blob);
		     i++)
			strs_append(a, &copy.on,
				    &g->states.at[files->at[i].state].branches);
		if (!e)
			vec_push(a, &g->copies, copy);
		corpus_report(g->corpus, first->path, e);
	}
	buf_release(&b);
}

/* --- one retro of all its texts --- */

static const char *retro_identity(const struct retro *retro)
{
	return retro->has_id ? retro->id : retro->path;
}

static int by_retro_identity(const void *a, const void *b)
{
	const struct copy *one = a, *other = b;
	int order = strcmp(retro_identity(one->retro),
			   retro_identity(other->retro));

	if (!order && one->here != other->here)
		order = one->here ? -1 : 1;
	if (!order && one->state != other->state)
		order = one->state < other->state ? -1 : 1;
	return order ? order : strcmp(one->retro->path, other->retro->path);
}

/* Adds a copy to those kept of its retro, which begin at `from`. */
static void merge_copy(struct corpus *corpus, size_t from,
		       const struct copy *copy)
{
	struct retros *kept = &corpus->retros;

	for (size_t i = from; i < kept->nr; i++)
		if (kept->at[i] == copy->retro ||
		    has_same_text(corpus, kept->at[i], copy->retro)) {
			strs_append(corpus->arena, &corpus->copies.at[i].on,
				    &copy->on);
			return;
		}
	if (!copy->here && kept->nr > from) {
		strs_append(corpus->arena, &corpus->copies.at[from].differs_on,
			    &copy->on);
		return;
	}
	vec_push(corpus->arena, kept, copy->retro);
	vec_push(corpus->arena, &corpus->copies,
		 (struct copies){ .retro = copy->retro,
				  .here = copy->here,
				  .on = copy->on });
}

static int by_retro(const void *a, const void *b)
{
	const struct copies *one = a, *other = b;
	uintptr_t first = (uintptr_t)one->retro;
	uintptr_t second = (uintptr_t)other->retro;

	return first < second ? -1 : first > second;
}

static void merge_copies(struct gathering_copies *g)
{
	struct corpus *corpus = g->corpus;
	size_t from = 0;

	for (size_t i = 0; i < g->here.nr; i++)
		vec_push(corpus->arena, &g->copies,
			 (struct copy){ .retro = g->here.at[i], .here = true });
	if (g->copies.nr)
		qsort(g->copies.at, g->copies.nr, sizeof(*g->copies.at),
		      by_retro_identity);
	for (size_t i = 0; i < g->copies.nr; i++) {
		if (i && strcmp(retro_identity(g->copies.at[i].retro),
				retro_identity(g->copies.at[i - 1].retro)))
			from = corpus->retros.nr;
		merge_copy(corpus, from, &g->copies.at[i]);
	}
	if (corpus->copies.nr)
		qsort(corpus->copies.at, corpus->copies.nr,
		      sizeof(*corpus->copies.at), by_retro);
}

static struct err *gather_copies(struct gathering_copies *g,
				 struct index *index)
{
	struct corpus *corpus = g->corpus;
	struct strs dirs = { 0 };
	struct err *e = NULL;

	if (index) {
		e = index_retros(&g->here, index, &corpus->diags);
		g->work = index_files(index);
	}
	vec_push(corpus->arena, &dirs, corpus->policy->root);
	if (!e)
		e = branches_list(&g->states, corpus->arena, corpus->repo,
				  &dirs);
	if (e)
		return e;
	list_branch_files(g);
	read_copies(g);
	merge_copies(g);
	for (size_t i = 0; i < g->states.nr; i++)
		vec_push(corpus->arena, &corpus->from, g->states.at[i].commit);
	return NULL;
}

struct err *corpus_open_all(struct corpus *out, struct arena *a,
			    struct repo *repo, const struct policy *policy)
{
	struct gathering_copies g = { .corpus = out };
	struct index *index = NULL;
	struct err *e = NULL;

	corpus_init(out, a, repo, policy);
	if (repo_work_tree(repo))
		e = index_open(&index, a, repo, policy, NULL, 0, &out->diags);
	if (!e)
		e = gather_copies(&g, index);
	index_close(index);
	if (!e)
		e = rev_add_head(&out->from, a, repo);
	if (!e)
		corpus_finish(out);
	return e;
}

const struct copies *corpus_copies(const struct corpus *corpus,
				   const struct retro *retro)
{
	const struct copies key = { .retro = retro };

	if (!corpus->copies.nr)
		return NULL;
	return bsearch(&key, corpus->copies.at, corpus->copies.nr, sizeof(key),
		       by_retro);
}
