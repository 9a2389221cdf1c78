/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/tree.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "git/child.h"
#include "git/internal.h"
#include "git/oidset.h"
#include "git/repo.h"
#include "git/rev.h"

/* As deep as file_list() goes. */
#define DEPTH_MAX 64

/* The entry `path`; NULL if there is none, an error if a tree on the way is
 * not in the repository (a treeless clone). */
static struct err *entry_at(git_tree_entry **out, const git_tree *tree,
			    const char *path)
{
	int code = git_tree_entry_bypath(out, tree, path);
	const git_error *last = git_error_last();

	if (!code)
		return NULL;
	*out = NULL;
	if (last && last->klass == GIT_ERROR_ODB)
		return internal_err(code, "cannot look for '%s'", path);
	return NULL;
}

static struct err *root(git_tree **out, struct repo *repo,
			const struct oid *commit)
{
	git_oid id = to_git(commit);
	git_commit *object = NULL;
	char hex[OID_HEX + 1];
	int code = git_commit_lookup(&object, repo->git, &id);

	if (!code)
		code = git_commit_tree(out, object);
	git_commit_free(object);
	return code ? internal_err(code, "cannot read commit %s",
				   oid_hex(hex, commit))
		    : NULL;
}

static bool is_blob_entry(const git_tree_entry *entry)
{
	git_filemode_t mode = git_tree_entry_filemode(entry);

	return mode == GIT_FILEMODE_BLOB ||
	       mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

struct lister {
	struct tree_entries *out;
	struct arena *a;
	struct repo *repo;
	struct buf path; /* of the directory, with its end slash */
};

static struct err *list_tree(struct lister *l, const git_oid *id, int depth);

static struct err *list_entry(struct lister *l, const git_tree_entry *entry,
			      int depth)
{
	const char *name = git_tree_entry_name(entry);
	const git_oid *id = git_tree_entry_id(entry);
	size_t before = l->path.n;
	struct err *e = NULL;

	if (*name == '.')
		return NULL;
	buf_addstr(&l->path, name);
	if (is_blob_entry(entry)) {
		vec_push(l->a, l->out,
			 (struct tree_entry){
				 arena_strdup(l->a, l->path.p),
				 from_git(id),
			 });
	} else if (git_tree_entry_type(entry) == GIT_OBJECT_TREE &&
		   depth < DEPTH_MAX) {
		buf_addch(&l->path, '/');
		e = list_tree(l, id, depth + 1);
	}
	buf_truncate(&l->path, before);
	return e;
}

/* A tree's own order, directories as if they ended with a slash, is that of
 * the whole paths by byte value. */
static struct err *list_tree(struct lister *l, const git_oid *id, int depth)
{
	git_tree *tree;
	struct err *e = NULL;
	int code = git_tree_lookup(&tree, l->repo->git, id);

	if (code)
		return internal_err(code, "cannot read the directory '%s'",
				    l->path.p);
	for (size_t i = 0; i < git_tree_entrycount(tree) && !e; i++)
		e = list_entry(l, git_tree_entry_byindex(tree, i), depth);
	git_tree_free(tree);
	return e;
}

/* *found false: no such directory. */
static struct err *find_dir(git_oid *out, bool *found, struct repo *repo,
			    const struct oid *commit, const char *dir)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	struct err *e = root(&tree, repo, commit);

	*found = false;
	if (e)
		return e;
	if (!*dir) {
		*out = *git_tree_id(tree);
		*found = true;
	} else {
		e = entry_at(&entry, tree, dir);
	}
	if (entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
		*out = *git_tree_entry_id(entry);
		*found = true;
	}
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return e;
}

struct err *tree_list(struct tree_entries *out, struct arena *a,
		      struct repo *repo, const struct oid *commit,
		      const char *dir)
{
	struct lister l = { out, a, repo, BUF_INIT };
	git_oid id;
	bool found;
	struct err *e = find_dir(&id, &found, repo, commit, dir);

	if (e || !found)
		return e;
	if (*dir)
		buf_addf(&l.path, "%s/", dir);
	e = list_tree(&l, &id, 0);
	buf_release(&l.path);
	return e;
}

bool tree_id(struct oid *out, struct repo *repo, const struct oid *commit,
	     const char *dir)
{
	git_oid id;
	bool found;
	struct err *e = find_dir(&id, &found, repo, commit, dir);

	if (found)
		*out = from_git(&id);
	err_free(e);
	return found;
}

int tree_has(struct repo *repo, const struct oid *commit, const char *path)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	struct err *e = root(&tree, repo, commit);
	int has;

	if (!e && *path)
		e = entry_at(&entry, tree, path);
	has = e ? -1 : entry || !*path;
	err_free(e);
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return has;
}

struct err *tree_blob(struct buf *out, struct repo *repo,
		      const struct oid *blob, size_t max)
{
	git_oid id = to_git(blob);
	git_odb *odb = NULL;
	git_odb_object *object = NULL;
	git_object_t type;
	size_t size = 0;
	char hex[OID_HEX + 1];
	struct err *e = NULL;
	int code = git_repository_odb(&odb, repo->git);

	if (!code)
		code = git_odb_read_header(&size, &type, odb, &id);
	if (!code && size > max)
		e = err_new(ERR_UNSUPPORTED,
			    "%s has %zu bytes, more than %zu are not read",
			    oid_hex(hex, blob), size, max);
	else if (!code)
		code = git_odb_read(&object, odb, &id);
	if (code)
		e = internal_err(code, "cannot read %s", oid_hex(hex, blob));
	if (object)
		buf_add(out, git_odb_object_data(object),
			git_odb_object_size(object));
	git_odb_object_free(object);
	git_odb_free(odb);
	return e;
}

void tree_blob_id(struct oid *out, const void *bytes, size_t n)
{
	git_oid id = { 0 };

	(void)git_odb_hash(&id, bytes, n, GIT_OBJECT_BLOB); /* of any bytes */
	*out = from_git(&id);
}

struct err *tree_file(struct buf *out, struct repo *repo,
		      const struct oid *commit, const char *path, size_t max)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	struct oid blob;
	struct err *e = root(&tree, repo, commit);

	if (e)
		return e;
	e = entry_at(&entry, tree, path);
	if (!e && !entry)
		e = err_new(ERR_NOT_FOUND, "no such file: '%s'", path);
	else if (!e && !is_blob_entry(entry))
		e = err_new(ERR_UNSUPPORTED, "'%s' is not a regular file",
			    path);
	if (!e) {
		blob = from_git(git_tree_entry_id(entry));
		e = err_context(tree_blob(out, repo, &blob, max), "'%s'", path);
	}
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return e;
}

/* --- first days --------------------------------------------------------- */

/* No path that git prints begins so. */
#define DATE_MARK "//"

struct wanted {
	const char *path;
	int32_t *day;
};

/* What a line such as "//<id> 1767607200 +0100" tells. Where history is cut
 * off every file looks new: that is no day to tell. */
static int32_t read_tree_day(const char *line, const struct oidset *ends)
{
	struct oid id;
	size_t n = oid_parse(&id, line + strlen(DATE_MARK));

	if (!n || oidset_has(ends, &id))
		return DAY_NONE;
	return day_of(child_moment(line + strlen(DATE_MARK) + n + 1));
}

static int compare_wanted_paths(const void *a, const void *b)
{
	const struct wanted *one = a, *other = b;

	return strcmp(one->path, other->path);
}

/* The answer has newer commits first, so the last day told is the first. */
static void note_first_days(const struct wanted *wanted, size_t nr,
			    const struct buf *answer, const struct oidset *ends)
{
	const char *at = answer->p, *end = answer->p + answer->n, *field;
	int32_t day = DAY_NONE;

	while (child_split(&field, 1, &at, end)) {
		struct wanted key = { field + (*field == '\n'), NULL };
		const struct wanted *found;

		if (!strncmp(key.path, DATE_MARK, strlen(DATE_MARK))) {
			day = read_tree_day(key.path, ends);
			continue;
		}
		found = bsearch(&key, wanted, nr, sizeof(key),
				compare_wanted_paths);
		if (!found)
			continue;
		while (found > wanted && !compare_wanted_paths(found - 1, &key))
			found--;
		for (;
		     found < wanted + nr && !compare_wanted_paths(found, &key);
		     found++)
			*found->day = day;
	}
}

/* How much of the first path all share: a folder, or the one path. Every
 * pathspec is held against every file, so git is told of one. */
static size_t shared_folder(const struct strs *paths)
{
	const char *first = paths->at[0];
	size_t n = strcspn(first, "\n"); /* which would end it */

	for (size_t i = 1; i < paths->nr; i++)
		for (size_t j = 0; j < n; j++)
			if (paths->at[i][j] != first[j])
				n = j;
	if (paths->nr > 1 || first[n])
		while (n && first[n - 1] != '/')
			n--;
	return n;
}

static struct err *ask_first_days(struct buf *answer, const struct oids *from,
				  const struct strs *paths)
{
	static const char *const args[] = { "log",
					    "--stdin",
					    "--no-show-signature",
					    "--no-color",
					    "--diff-filter=A",
					    "--no-renames",
					    "--name-only",
					    "-z",
					    "--date=raw",
					    "--format=" DATE_MARK "%H %ad",
					    NULL };
	struct buf in = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	for (size_t i = 0; i < from->nr; i++)
		buf_addf(&in, "%s\n", oid_hex(hex, &from->at[i]));
	buf_addf(&in, "--\n:(top,literal)%.*s\n", (int)shared_folder(paths),
		 paths->at[0]);
	e = child_run(answer, args, &in);
	buf_release(&in);
	return e;
}

static struct err *find_tree_ends(struct oidset *out, struct repo *repo)
{
	struct arena arena = ARENA_INIT;
	struct oids ends = { 0 };
	struct err *e = repo_shallow_ends(&ends, &arena, repo);

	for (size_t i = 0; !e && i < ends.nr; i++)
		oidset_add(out, &ends.at[i]);
	arena_release(&arena);
	return e;
}

struct err *tree_first_days(int32_t *out, struct repo *repo,
			    const struct oids *from, const struct strs *paths)
{
	struct wanted *wanted = mem_calloc(paths->nr + 1, sizeof(*wanted));
	struct oidset ends = OIDSET_INIT;
	struct buf answer = BUF_INIT;
	struct oid head;
	const struct oids only_head = { &head, 1, 1 };
	struct err *e = from ? NULL : rev_head(&head, repo);
	bool unborn = e && e->code == ERR_NOT_FOUND;

	for (size_t i = 0; i < paths->nr; i++) {
		wanted[i] = (struct wanted){ paths->at[i], &out[i] };
		out[i] = DAY_NONE;
	}
	qsort(wanted, paths->nr, sizeof(*wanted), compare_wanted_paths);
	if (!e)
		e = find_tree_ends(&ends, repo);
	if (!e && paths->nr)
		e = ask_first_days(&answer, from ? from : &only_head, paths);
	if (!e)
		note_first_days(wanted, paths->nr, &answer, &ends);
	if (unborn) {
		err_free(e);
		e = NULL;
	}
	oidset_release(&ends);
	buf_release(&answer);
	free(wanted);
	return e;
}

struct err *tree_names(struct strs *out, struct arena *a, struct repo *repo,
		       const struct oid *commit)
{
	char hex[OID_HEX + 1];
	const char *const args[] = { "ls-tree",     "-r",
				     "-z",          "--full-tree",
				     "--name-only", oid_hex(hex, commit),
				     NULL };
	struct buf text = BUF_INIT;
	struct err *e = child_run(&text, args, NULL);
	const char *at = text.p, *path;

	(void)repo; /* git finds the same one */
	while (!e && child_split(&path, 1, &at, text.p + text.n))
		vec_push(a, out, arena_strdup(a, path));
	buf_release(&text);
	return e;
}
