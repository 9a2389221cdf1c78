/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/ref.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "git/cache.h"
#include "git/child.h"
#include "git/internal.h"
#include "git/object.h"
#include "git/oidmap.h"
#include "git/told.h"

static const struct kind {
	unsigned which;
	enum ref_type type;
	const char *prefix, *glob;
} kinds[] = {
	{ REFS_TAGS, REF_TAG, "refs/tags/", "refs/tags/*" },
	{ REFS_BRANCHES, REF_BRANCH, "refs/heads/", "refs/heads/*" },
	{ REFS_REMOTES, REF_REMOTE, "refs/remotes/", "refs/remotes/*" },
};

/* Fills target, commit and has_commit. False if the ref is broken. Where
 * packed-refs says what a tag leads to, its object is not read: that of 1,000
 * tags takes longer than all else that is done with them. */
static bool peel(struct ref *out, struct repo *repo, git_reference *reference)
{
	const git_oid *target = git_reference_target(reference), *known;
	git_reference *resolved = NULL;
	struct oid leads;

	if (!target && !git_reference_resolve(&resolved, reference))
		target = git_reference_target(resolved);
	if (target) {
		known = git_reference_target_peel(reference);
		leads = from_git(known ? known : target);
		out->target = from_git(target);
		out->has_commit = object_commit(&out->commit, repo, &leads);
	}
	git_reference_free(resolved);
	return target != NULL;
}

/* The commit that it leads to, if git said so. */
static bool find_told_commit(struct ref *ref, struct repo *repo,
			     const struct told *told)
{
	if (!strcmp(told->type, "commit"))
		ref->commit = ref->target;
	else if (strcmp(told->to_type, "commit") != 0 ||
		 !oid_parse(&ref->commit, told->to_id))
		return (!*told->type || !strcmp(told->type, "tag")) &&
		       object_commit(&ref->commit, repo, &ref->target);
	return true;
}

/* False if it is broken. */
static bool read_told(struct ref *out, struct repo *repo,
		      const struct told *told)
{
	if (!oid_parse(&out->target, told->id))
		return false;
	out->has_commit = find_told_commit(out, repo, told);
	return true;
}

static void take_told(struct refs *out, struct arena *a, struct repo *repo,
		      const struct kind *kind, const struct buf *all)
{
	const char *at = all->p, *end = at + all->n;
	struct told told;

	while (told_next(&told, &at, end, kind->prefix)) {
		struct ref ref = { .type = kind->type };

		if ((kind->type == REF_REMOTE && *told.alias) ||
		    !read_told(&ref, repo, &told))
			continue;
		ref.name = arena_strdup(a, told.name + strlen(kind->prefix));
		vec_push(a, out, ref);
	}
}

static struct err *ask_refs(struct refs *out, struct arena *a,
			    struct repo *repo, const struct kind *kind)
{
	const struct buf *all;
	struct err *e = told_all(&all, repo);

	if (!e)
		take_told(out, a, repo, kind, all);
	return e;
}

static int compare_ref_names(const void *a, const void *b)
{
	const struct ref *one = a, *two = b;

	if (one->type != two->type)
		return one->type < two->type ? -1 : 1;
	return strcmp(one->name, two->name);
}

/* Whether git takes a file of this name for a ref (git-check-ref-format(1)): a
 * lock is none, nor is what a program that copies folders leaves beside one,
 * "v1.0 (copy)". */
static bool is_ref_name(const char *name)
{
	static const char *const never[] = { "..", "@{", ".lock/", "./" };
	size_t n = strlen(name);

	for (const char *p = name; *p; p++)
		if ((unsigned char)*p <= ' ' || strchr("~^:?*[\\\x7f", *p))
			return false;
	for (size_t i = 0; i < ARRAY_SIZE(never); i++)
		if (strstr(name, never[i]))
			return false;
	return n && name[n - 1] != '.' &&
	       (n < 5 || strcmp(name + n - 5, ".lock") != 0);
}

/* A loose ref that was not listed: one that is broken, or that could not be
 * read just then. */
static void take_unlisted(struct refs *out, struct arena *a, struct repo *repo,
			  const struct kind *kind, const char *dir,
			  const char *name)
{
	struct ref ref = { .type = kind->type };
	struct buf text = BUF_INIT;
	struct err *e =
		file_read_named(&text, path_join(a, dir, name), 1 << 16);

	if (!e && oid_parse(&ref.target, text.p)) {
		ref.name = arena_strdup(a, name);
		ref.has_commit = object_commit(&ref.commit, repo, &ref.target);
		vec_push(a, out, ref);
	}
	err_pass(e);
	buf_release(&text);
}

/* libgit2 passes over a loose ref that it cannot read as over one that is
 * broken: whatever there is a file for is listed, or is known to be no ref. */
static struct err *check_loose(struct refs *out, size_t from, struct arena *a,
			       struct repo *repo, const struct kind *kind)
{
	const char *dir = path_join(a, repo_common_dir(repo), kind->prefix);
	size_t nr = out->nr - from;
	struct strs files = { 0 };
	struct err *e = file_list(&files, a, dir);

	if (nr)
		qsort(out->at + from, nr, sizeof(*out->at), compare_ref_names);
	for (size_t i = 0; !e && i < files.nr; i++) {
		const struct ref ref = { .type = kind->type,
					 .name = files.at[i] };

		if (!is_ref_name(ref.name))
			continue;
		if (!nr || !bsearch(&ref, out->at + from, nr, sizeof(ref),
				    compare_ref_names))
			take_unlisted(out, a, repo, kind, dir, files.at[i]);
	}
	return e;
}

static struct err *list_refs(struct refs *out, struct arena *a,
			     struct repo *repo, const struct kind *kind)
{
	git_reference_iterator *iterator;
	git_reference *reference;
	size_t before = out->nr;
	int code;

	if (internal_asks_git(repo, 1)) {
		bool files = repo->late;
		struct err *e = ask_refs(out, a, repo, kind);

		return !e && files ? check_loose(out, before, a, repo, kind)
				   : e;
	}
	code = git_reference_iterator_glob_new(&iterator, repo->git,
					       kind->glob);
	if (code)
		return internal_err(code, _("cannot list refs"));
	while (!(code = git_reference_next(&reference, iterator))) {
		struct ref ref = { .type = kind->type };
		const char *name = git_reference_name(reference);
		bool alias =
			kind->type == REF_REMOTE &&
			git_reference_type(reference) == GIT_REFERENCE_SYMBOLIC;

		ref.name = arena_strdup(a, name + strlen(kind->prefix));
		if (!alias && is_ref_name(ref.name) &&
		    peel(&ref, repo, reference))
			vec_push(a, out, ref);
		git_reference_free(reference);
	}
	git_reference_iterator_free(iterator);
	if (code != GIT_ITEROVER)
		return internal_err(code, _("cannot list refs"));
	return check_loose(out, before, a, repo, kind);
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

/* A child for each tag, up to so many in a command: then all refs are asked for
 * at once. */
enum { TAGS_ASKED_MAX = 16 };

static struct err *ask_tag(struct ref *out, bool *found, struct repo *repo,
			   const char *full)
{
	struct buf some = BUF_INIT;
	const struct buf *all = &some;
	struct told told;
	struct err *e;

	/* Where a child is no more than libgit2 would be, more questions
	 * follow. */
	if (repo->late || repo->told.n || ++repo->tags_asked > TAGS_ASKED_MAX)
		e = told_all(&all, repo);
	else /* as a pattern it could mean others, too */
		e = told_some(&some, full);
	*found = !e && told_find(&told, all, full) &&
		 read_told(out, repo, &told);
	buf_release(&some);
	return e;
}

/* The tag of this name; *found false if there is none. */
static struct err *find_tag(struct ref *out, bool *found, struct repo *repo,
			    const char *full)
{
	git_reference *reference = NULL;
	int code;

	if (internal_asks_git(repo, 1))
		return ask_tag(out, found, repo, full);
	code = git_reference_lookup(&reference, repo->git, full);
	if (code && code != GIT_EINVALIDSPEC) /* no tag's name */
		err_pass(internal_err(code, _("cannot read %s"), full));
	*found = !code && peel(out, repo, reference);
	git_reference_free(reference);
	return NULL;
}

struct err *ref_tag(struct ref *out, struct arena *a, struct repo *repo,
		    const char *name)
{
	struct ref ref = { .type = REF_TAG };
	bool found;
	struct err *e;

	ref.name = arena_strdup(a, name);
	e = find_tag(&ref, &found, repo, arena_printf(a, "refs/tags/%s", name));
	if (!e && !found)
		e = err_new(ERR_NOT_FOUND, _("no such tag: '%s'"), name);
	if (!e)
		*out = ref;
	return e;
}

static int64_t read_tag_time(struct repo *repo, const struct ref *tag)
{
	static const char *const heads[] = { "tagger ", "committer " };
	const struct oid *ids[] = { &tag->target, &tag->commit };
	int64_t time = 0;
	bool found = false;

	for (size_t i = 0; !found && i < ARRAY_SIZE(ids); i++) {
		struct object object;
		struct err *e;

		if (i && !tag->has_commit)
			break;
		e = object_read(&object, repo, ids[i], SIZE_MAX);
		if (e) {
			err_pass(e);
			continue;
		}
		found = object.type == (i ? OBJECT_COMMIT : OBJECT_TAG) &&
			object_time(&time, &object, heads[i]);
		object_release(&object);
	}
	return time;
}

bool ref_tag_has_time(const struct ref *tag)
{
	return !tag->has_commit || !oid_equal(&tag->target, &tag->commit);
}

/* Where a child would be asked for it, it is kept for the next time. */
int64_t ref_tag_time(struct repo *repo, const struct ref *tag)
{
	int64_t time;

	if (!internal_asks_git(repo, 0))
		return read_tag_time(repo, tag);
	ref_tag_times(&time, repo, &tag, 1);
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
			dated.time = read_tag_time(repo, tags[i]);
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
