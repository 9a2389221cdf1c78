/* SPDX-License-Identifier: GPL-2.0-only */
/* What is about to be committed: HEAD, and what is staged against it. */
#include <string.h>

#include "base/checksum.h"
#include "base/file.h"
#include "base/i18n.h"
#include "corpus/internal.h"
#include "git/dircache.h"
#include "git/tree.h"
#include "index/index.h"
#include "model/dirs.h"

static bool is_staged_retro(const struct corpus *corpus,
			    const struct staged_change *change)
{
	return change->regular &&
	       dirs_have(&corpus->policy->dirs, change->path);
}

static void read_staged_retros(struct corpus *corpus)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < corpus->staged->nr; i++) {
		const struct staged_change *change = &corpus->staged->at[i];
		struct err *e;

		if (!is_staged_retro(corpus, change))
			continue;
		buf_reset(&b);
		e = tree_blob(&b, corpus->repo, &change->blob, FILE_MAX);
		if (!e)
			vec_push(corpus->arena, &corpus->retros,
				 corpus_parse(corpus, change->path, &b));
		corpus_report(corpus, change->path, e);
	}
	buf_release(&b);
	corpus_date(corpus, &corpus->retros);
}

struct err *corpus_begin_staged(struct corpus *out, struct arena *a,
				struct repo *repo, const struct policy *policy)
{
	struct err *e;

	corpus_init(out, a, repo, policy);
	out->staged = arena_alloc(a, sizeof(*out->staged));
	e = corpus_start_at_head(out);
	if (!e)
		e = staged_list(out->staged, a, repo, out->commit);
	if (!e)
		read_staged_retros(out);
	return e;
}

struct err *corpus_list_staged(struct retros *out, struct corpus *corpus)
{
	struct corpus head = *corpus;
	struct retros committed = { 0 };
	struct err *e = NULL;

	head.diags.nr = head.diags.cap = 0;
	head.diags.at = NULL;
	if (corpus->commit)
		e = corpus_list(&committed, &head, corpus->commit);
	for (size_t i = 0; !e && i < corpus->retros.nr; i++)
		if (staged_find(corpus->staged, corpus->retros.at[i]->path))
			vec_push(corpus->arena, out, corpus->retros.at[i]);
	for (size_t i = 0; !e && i < committed.nr; i++)
		if (!staged_find(corpus->staged, committed.at[i]->path))
			vec_push(corpus->arena, out, committed.at[i]);
	for (size_t i = 0; !e && i < head.diags.nr; i++)
		if (!staged_find(corpus->staged, head.diags.at[i].path))
			vec_push(corpus->arena, &corpus->diags,
				 head.diags.at[i]);
	return e;
}

/* --- what the commit has ------------------------------------------------- */

/* A file, and the sum of its retro's id (index_ids()); -1: not known. */
struct committed_file {
	const char *path;
	struct oid blob;
	int64_t id;
};

/* What the commit has in the folders of retros, sorted by path. */
struct committed {
	struct VEC_OF(struct committed_file) retros;
	bool unknown; /* they cannot be listed */
};

/* More are sooner surveyed than read one by one. */
enum { UNKNOWN_MAX = 16 };

/* What of git's index is not staged is the commit's. */
static struct err *list_committed(struct tree_entries *out,
				  const struct corpus *corpus)
{
	const char *root = corpus->policy->root;

	if (!corpus->commit ||
	    dircache_list(out, corpus->arena, corpus->repo, root))
		return NULL;
	return tree_list(out, corpus->arena, corpus->repo, corpus->commit,
			 root);
}

/* The retros among the files: what the work tree has likewise was found to be
 * one. */
static void pick_committed(struct committed *committed,
			   const struct corpus *corpus)
{
	const struct policy *policy = corpus->policy;
	struct arena *a = corpus->arena;
	struct tree_entries files = { 0 };
	struct err *e = list_committed(&files, corpus);
	int64_t *ids = arena_alloc(a, (files.nr + 1) * sizeof(*ids));

	committed->unknown = e;
	err_pass(e);
	index_ids(ids, a, corpus->repo, policy, &files);
	for (size_t i = 0; i < files.nr; i++) {
		struct committed_file file = { files.at[i].path,
					       files.at[i].blob, ids[i] };

		if (file.id >= 0 || dirs_have(&policy->dirs, file.path))
			vec_push(a, &committed->retros, file);
	}
	dirs_drop_readmes(committed->retros.at, &committed->retros.nr,
			  sizeof(*committed->retros.at));
}

bool corpus_committed_ids(struct strs *out, struct corpus *corpus,
			  const char *id)
{
	int64_t sum = checksum_text(id);
	size_t before = out->nr;

	if (!corpus->committed) {
		corpus->committed =
			arena_alloc(corpus->arena, sizeof(*corpus->committed));
		pick_committed(corpus->committed, corpus);
	}
	if (corpus->committed->unknown)
		return false;
	for (size_t i = 0; i < corpus->committed->retros.nr; i++) {
		const struct committed_file *file =
			&corpus->committed->retros.at[i];

		if ((file->id >= 0 && file->id != sum) ||
		    staged_find(corpus->staged, file->path))
			continue;
		if (out->nr - before == UNKNOWN_MAX)
			return false;
		vec_push(corpus->arena, out, file->path);
	}
	return true;
}

/* Whether HEAD has more files below a folder than are staged to go. */
static int has_more(const struct corpus *corpus, const char *dir, size_t gone)
{
	struct strs names = { 0 };
	size_t n = strlen(dir), count = 0;
	struct err *e =
		tree_names(&names, corpus->arena, corpus->repo, corpus->commit);

	for (size_t i = 0; !e && i < names.nr; i++)
		count += !strncmp(names.at[i], dir, n) && names.at[i][n] == '/';
	if (e) {
		err_pass(e);
		return -1;
	}
	return count > gone;
}

int corpus_has_staged(const struct corpus *corpus, const char *path)
{
	const struct staged_change *change = staged_find(corpus->staged, path);
	size_t n = strlen(path), gone = 0;
	int has;

	if (change)
		return !change->gone;
	for (size_t i = 0; i < corpus->staged->nr; i++) {
		const struct staged_change *below = &corpus->staged->at[i];

		if (strncmp(below->path, path, n) || below->path[n] != '/')
			continue;
		if (!below->gone)
			return 1;
		gone++;
	}
	if (!corpus->commit)
		return 0;
	has = tree_has(corpus->repo, corpus->commit, path);
	return has == 1 && gone ? has_more(corpus, path, gone) : has;
}

struct err *corpus_unstaged(struct buf *out, const struct corpus *corpus,
			    const char *path)
{
	struct oid blob;

	if (!corpus->commit || staged_find(corpus->staged, path))
		return err_new(ERR_NOT_FOUND, _("%s is not in HEAD"), path);
	if (!dircache_find(&blob, corpus->arena, corpus->repo, path))
		return tree_file(out, corpus->repo, corpus->commit, path,
				 FILE_MAX);
	return err_context(tree_blob(out, corpus->repo, &blob, FILE_MAX),
			   "'%s'", path);
}
