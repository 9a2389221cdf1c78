/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/cover.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "corpus/corpus.h"
#include "git/oidset.h"
#include "git/tree.h"
#include "index/work_tree.h"
#include "model/dirs.h"
#include "model/read.h"
#include "model/retro.h"

struct sought {
	const char *tag;
	bool found;
};

/* What is sought, and where we have looked already. */
struct search {
	struct arena *arena;
	struct repo *repo;
	const struct policy *policy;
	struct VEC_OF(struct sought) tags; /* by name */
	size_t left;                       /* of them, not found yet */
	struct oidset dirs, blobs;
	struct buf scratch;
};

/* More names than this are not sought in a file before it is parsed. */
#define NAMES_MAX 64

/* A file that does not even contain a tag's name does not cover it; only the
 * few that do are parsed. */
static bool mentions_any(const struct search *search, const struct buf *b)
{
	if (search->left > NAMES_MAX)
		return true;
	for (size_t i = 0; i < search->tags.nr; i++) {
		const struct sought *sought = &search->tags.at[i];

		if (!sought->found &&
		    memmem(b->p, b->n, sought->tag, strlen(sought->tag)))
			return true;
	}
	return false;
}

static int by_tag(const void *a, const void *b)
{
	const struct sought *one = a, *two = b;

	return strcmp(one->tag, two->tag);
}

static struct sought *find_sought(const struct search *search, const char *tag)
{
	const struct sought key = { .tag = tag };

	return search->tags.nr ? bsearch(&key, search->tags.at, search->tags.nr,
					 sizeof(key), by_tag)
			       : NULL;
}

static void take_covered(struct search *search, const struct retro *retro)
{
	if (!retro_covers(retro))
		return;
	for (size_t i = 0; i < retro->releases.nr; i++) {
		struct sought *sought =
			find_sought(search, retro->releases.at[i]);

		if (sought && !sought->found) {
			sought->found = true;
			search->left--;
		}
	}
}

static void look_at_retro(struct search *search, const char *path,
			  const struct buf *b)
{
	struct diags ignored = { .arena = search->arena };

	if (mentions_any(search, b))
		take_covered(search, read_retro(search->arena, &ignored, path,
						arena_strndup(search->arena,
							      b->p, b->n),
						b->n));
}

/* What cannot be read covers nothing, here and below: `check` names it. */
static void look_in_work_tree(struct search *search)
{
	struct file_tree tree = { 0 };
	struct strs *paths = &tree.files;

	if (!repo_work_tree(search->repo))
		return;
	err_pass(work_tree_list(&tree, search->arena, search->repo,
				search->policy->root));
	dirs_keep(&search->policy->dirs, paths->at, &paths->nr,
		  sizeof(*paths->at));
	for (size_t i = 0; i < paths->nr && search->left; i++) {
		struct err *e;

		buf_reset(&search->scratch);
		e = work_tree_read(&search->scratch, search->arena,
				   search->repo, paths->at[i]);
		if (!e)
			look_at_retro(search, paths->at[i], &search->scratch);
		err_pass(e);
	}
}

/* Whether there is a file among them that was not looked at yet. */
static bool has_new_blob(const struct search *search,
			 const struct tree_entries *entries)
{
	for (size_t i = 0; i < entries->nr; i++)
		if (!oidset_has(&search->blobs, &entries->at[i].blob))
			return true;
	return false;
}

static void look_in_commit(struct search *search, const struct oid *commit)
{
	struct tree_entries entries = { 0 };
	struct oid dir;

	if (!search->left ||
	    !tree_id(&dir, search->repo, commit, search->policy->root) ||
	    !oidset_add(&search->dirs, &dir))
		return;
	err_pass(tree_list(&entries, search->arena, search->repo, commit,
			   search->policy->root));
	if (!has_new_blob(search, &entries))
		return;
	dirs_keep(&search->policy->dirs, entries.at, &entries.nr,
		  sizeof(*entries.at));
	for (size_t i = 0; i < entries.nr && search->left; i++) {
		struct err *e;

		if (!oidset_add(&search->blobs, &entries.at[i].blob))
			continue;
		buf_reset(&search->scratch);
		e = tree_blob(&search->scratch, search->repo,
			      &entries.at[i].blob, FILE_MAX);
		if (!e)
			look_at_retro(search, entries.at[i].path,
				      &search->scratch);
		err_pass(e);
	}
}

static struct err *look_at_branches(struct search *search)
{
	struct refs refs = { 0 };
	struct err *e = ref_list(&refs, search->arena, search->repo,
				 REFS_BRANCHES | REFS_REMOTES);

	for (size_t i = 0; !e && i < refs.nr; i++)
		if (refs.at[i].has_commit)
			look_in_commit(search, &refs.at[i].commit);
	return e;
}

/* What the retros cover is no longer missing; and a branch that has one of
 * these files says nothing new with it. */
static void look_in_corpus(struct search *search, const struct corpus *corpus)
{
	for (size_t i = 0; i < corpus->retros.nr && search->left; i++)
		take_covered(search, corpus->retros.at[i]);
	for (size_t i = 0; i < corpus->files.nr && search->left; i++)
		oidset_add(&search->blobs, &corpus->files.at[i].blob);
}

static void add_sought(struct search *search, const struct strs *tags)
{
	struct strs names = { 0 };

	strs_append(search->arena, &names, tags);
	strs_sort_unique(&names);
	for (size_t i = 0; i < names.nr; i++)
		vec_push(search->arena, &search->tags,
			 (struct sought){ .tag = names.at[i] });
	search->left = search->tags.nr;
}

static struct err *find_uncovered(struct strs *out, struct search *search,
				  const struct strs *tags,
				  const struct corpus *read,
				  const struct oids *extra)
{
	struct err *e = NULL;

	add_sought(search, tags);
	if (read)
		look_in_corpus(search, read);
	else
		look_in_work_tree(search);
	for (size_t i = 0; extra && i < extra->nr; i++)
		look_in_commit(search, &extra->at[i]);
	if (search->left)
		e = look_at_branches(search);
	for (size_t i = 0; i < tags->nr; i++)
		if (!find_sought(search, tags->at[i])->found)
			vec_push(search->arena, out, tags->at[i]);
	oidset_release(&search->dirs);
	oidset_release(&search->blobs);
	buf_release(&search->scratch);
	return e;
}

static struct search new_search(struct arena *a, struct repo *repo,
				const struct policy *policy)
{
	return (struct search){
		.arena = a,
		.repo = repo,
		.policy = policy,
		.dirs = OIDSET_INIT,
		.blobs = OIDSET_INIT,
		.scratch = BUF_INIT,
	};
}

struct err *cover_missing(struct strs *out, struct arena *a, struct repo *repo,
			  const struct policy *policy, const struct strs *tags,
			  const struct oids *extra)
{
	struct search search = new_search(a, repo, policy);

	return find_uncovered(out, &search, tags, NULL, extra);
}

struct err *cover_owed(struct releases *out, struct arena *a, struct repo *repo,
		       const struct policy *policy, const struct releases *all,
		       const struct corpus *read)
{
	struct search search = new_search(a, repo, policy);
	struct strs tags = { 0 }, missing = { 0 };
	struct releases asked = { 0 };
	struct err *e = release_asked(&asked, a, repo, policy, all);

	for (size_t i = 0; !e && i < asked.nr; i++)
		vec_push(a, &tags, asked.at[i].tag.name);
	if (!e && tags.nr)
		e = find_uncovered(&missing, &search, &tags, read, NULL);
	/* Both are in the order of `all`. */
	for (size_t i = asked.nr, j = missing.nr; !e && i-- > 0 && j;)
		if (missing.at[j - 1] == asked.at[i].tag.name) {
			vec_push(a, out, asked.at[i]);
			j--;
		}
	return e;
}
