/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/ref.h"

#include <stdlib.h>

#include "base/buf.h"
#include "git/cache.h"
#include "git/internal.h"
#include "git/oidmap.h"

static const struct kind {
	unsigned which;
	enum ref_type type;
	const char *prefix, *glob;
} kinds[] = {
	{ REFS_TAGS, REF_TAG, "refs/tags/", "refs/tags/*" },
	{ REFS_BRANCHES, REF_BRANCH, "refs/heads/", "refs/heads/*" },
	{ REFS_REMOTES, REF_REMOTE, "refs/remotes/", "refs/remotes/*" },
};

/* Whether an id leads to a commit, and to which. libgit2 takes an object for
 * one only if it likes all of it; git asks for no more than its type. */
static bool leads_to_commit(git_oid *commit, git_repository *repo,
			    const git_oid *target)
{
	git_object_t type = GIT_OBJECT_TAG;
	git_oid id = *target;
	git_odb *odb = NULL;
	bool ok = !git_repository_odb(&odb, repo);

	for (int depth = 0; ok && type == GIT_OBJECT_TAG && depth < 64;
	     depth++) {
		git_tag *tag = NULL;
		size_t size;

		ok = !git_odb_read_header(&size, &type, odb, &id);
		if (ok && type == GIT_OBJECT_TAG)
			ok = !git_tag_lookup(&tag, repo, &id);
		if (tag)
			id = *git_tag_target_id(tag);
		git_tag_free(tag);
	}
	git_odb_free(odb);
	*commit = id;
	return ok && type == GIT_OBJECT_COMMIT;
}

/* Fills target, commit and has_commit. False if the ref is broken. Where
 * packed-refs says what a tag leads to, its object is not read: that of 1,000
 * tags takes longer than all else that is done with them. */
static bool peel(struct ref *out, git_reference *reference)
{
	const git_oid *target = git_reference_target(reference), *known;
	git_reference *resolved = NULL;
	git_oid id;

	if (!target && !git_reference_resolve(&resolved, reference))
		target = git_reference_target(resolved);
	if (target) {
		known = git_reference_target_peel(reference);
		out->target = from_git(target);
		out->has_commit =
			leads_to_commit(&id, git_reference_owner(reference),
					known ? known : target);
		if (out->has_commit)
			out->commit = from_git(&id);
	}
	git_reference_free(resolved);
	return target != NULL;
}

static struct err *list_refs(struct refs *out, struct arena *a,
			     struct repo *repo, const struct kind *kind)
{
	git_reference_iterator *iterator;
	git_reference *reference;
	int code = git_reference_iterator_glob_new(&iterator, repo->git,
						   kind->glob);

	if (code)
		return internal_err(code, "cannot list refs");
	while (!(code = git_reference_next(&reference, iterator))) {
		struct ref ref = { .type = kind->type };
		const char *name = git_reference_name(reference);
		bool alias =
			kind->type == REF_REMOTE &&
			git_reference_type(reference) == GIT_REFERENCE_SYMBOLIC;

		ref.name = arena_strdup(a, name + strlen(kind->prefix));
		if (!alias && peel(&ref, reference))
			vec_push(a, out, ref);
		git_reference_free(reference);
	}
	git_reference_iterator_free(iterator);
	return code == GIT_ITEROVER ? NULL
				    : internal_err(code, "cannot list refs");
}

static int compare_ref_names(const void *a, const void *b)
{
	const struct ref *one = a, *two = b;

	if (one->type != two->type)
		return one->type < two->type ? -1 : 1;
	return strcmp(one->name, two->name);
}

struct err *ref_list(struct refs *out, struct arena *a, struct repo *repo,
		     unsigned which)
{
	size_t before = out->nr;
	struct err *e = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(kinds) && !e; i++)
		if (which & kinds[i].which)
			e = list_refs(out, a, repo, &kinds[i]);
	if (!e && out->nr > before)
		qsort(out->at + before, out->nr - before, sizeof(*out->at),
		      compare_ref_names);
	return e;
}

struct err *ref_tag(struct ref *out, struct arena *a, struct repo *repo,
		    const char *name)
{
	struct buf full = BUF_INIT;
	git_reference *reference = NULL;
	struct ref ref = { .type = REF_TAG };
	bool found;

	buf_addf(&full, "refs/tags/%s", name);
	found = !git_reference_lookup(&reference, repo->git, full.p) &&
		peel(&ref, reference);
	git_reference_free(reference);
	buf_release(&full);
	if (!found)
		return err_new(ERR_NOT_FOUND, "no such tag: '%s'", name);
	ref.name = arena_strdup(a, name);
	*out = ref;
	return NULL;
}

int64_t ref_tag_time(struct repo *repo, const struct ref *tag)
{
	git_oid target = to_git(&tag->target), id = to_git(&tag->commit);
	git_tag *object = NULL;
	git_commit *commit = NULL;
	const git_signature *tagger = NULL;
	int64_t time = 0;

	if (!git_tag_lookup(&object, repo->git, &target))
		tagger = git_tag_tagger(object);
	if (tagger)
		time = tagger->when.time;
	else if (tag->has_commit && !git_commit_lookup(&commit, repo->git, &id))
		time = git_commit_time(commit);
	git_tag_free(object);
	git_commit_free(commit);
	return time;
}

/* A batch of the journal is a row of them: a tag object, or the commit of a tag
 * that has none, and its time. */
struct dated {
	struct oid target;
	int64_t time;
};

static void read_dated(struct oidmap *map, const struct journal *journal)
{
	const char *batch;
	size_t n, at = 0;

	while (journal_next(&batch, &n, &at, journal))
		for (; n >= sizeof(struct dated);
		     batch += sizeof(struct dated), n -= sizeof(struct dated)) {
			struct dated dated;

			memcpy(&dated, batch, sizeof(dated));
			oidmap_add(map, &dated.target, (size_t)dated.time);
		}
}

void ref_tag_times(int64_t *out, struct repo *repo,
		   const struct ref *const *tags, size_t nr)
{
	struct buf fresh = BUF_INIT;
	struct oidmap map = OIDMAP_INIT;
	struct journal journal;
	size_t time;

	cache_open(&journal, repo, "tags", "git-retro tags 2");
	read_dated(&map, &journal);
	for (size_t i = 0; i < nr; i++) {
		struct dated dated = { .target = tags[i]->target };

		if (!oidmap_get(&time, &map, &dated.target)) {
			dated.time = ref_tag_time(repo, tags[i]);
			time = (size_t)dated.time;
			oidmap_add(&map, &dated.target, time);
			buf_add(&fresh, &dated, sizeof(dated));
		}
		out[i] = (int64_t)time;
	}
	if (fresh.n)
		journal_append(&journal, &fresh);
	journal_close(&journal);
	oidmap_release(&map);
	buf_release(&fresh);
}
