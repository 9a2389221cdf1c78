/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files as they stand in a commit.
 */
#ifndef GIT_TREE_H
#define GIT_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"

struct oidset;
struct repo;

struct tree_entry {
	const char *path; /* from the root of the tree */
	struct oid blob;
};
struct tree_entries VEC_OF(struct tree_entry);

/* The regular files below `dir` ("" is the root), sorted by path; entries whose
 * name starts with a dot, links and submodules are left out, as file_list()
 * does on disk. No such directory gives none. */
MUST_USE struct err *tree_list(struct tree_entries *out, struct arena *a,
			       struct repo *repo, const struct oid *commit,
			       const char *dir);

/* Every path of a commit's tree, links and all, sorted by byte value. Asked of
 * git, once while the same commit is asked for. */
MUST_USE struct err *tree_names(struct strs *out, struct arena *a,
				struct repo *repo, const struct oid *commit);

/* The id of the directory `dir` in a commit; false if there is none. Equal ids
 * are equal contents. */
bool tree_id(struct oid *out, struct repo *repo, const struct oid *commit,
	     const char *dir);

/* The blob of the file, or link, `path` in a commit; false if there is none, or
 * nobody can tell. */
bool tree_file_id(struct oid *out, struct repo *repo, const struct oid *commit,
		  const char *path);

/* Whether a file, a link or a folder of this path is in a commit: 1 it is, 0 it
 * is not, -1 nobody can tell (a clone without trees). */
int tree_has(struct repo *repo, const struct oid *commit, const char *path);
/* The same of what is no folder. */
int tree_has_file(struct repo *repo, const struct oid *commit,
		  const char *path);

/* Appends a blob's bytes. ERR_NOT_FOUND if it is missing (partial clone),
 * ERR_UNSUPPORTED if it is larger than `max` bytes. */
MUST_USE struct err *tree_blob(struct buf *out, struct repo *repo,
			       const struct oid *blob, size_t max);

/* Appends the bytes of the file `path` in a commit. ERR_NOT_FOUND. */
MUST_USE struct err *tree_file(struct buf *out, struct repo *repo,
			       const struct oid *commit, const char *path,
			       size_t max);

/* The author's day of the commit in which each path first appeared in the
 * history of `from` (NULL: HEAD's), renames not followed: out[i] answers
 * paths->at[i]; DAY_NONE (base/date.h) if there is none, or if that was before
 * history is cut off (a shallow clone). One question to git for all of them;
 * it walks the whole history, which can take seconds. */
MUST_USE struct err *tree_first_days(int32_t *out, struct repo *repo,
				     const struct oids *from,
				     const struct strs *paths);

/* For questions about the history of files: how much of the first path all
 * share, a folder or the one path (every pathspec is held against every file,
 * so git is told of one); and the commits where history is cut off, to which
 * every file looks new. */
size_t tree_shared_folder(const struct strs *paths);
MUST_USE struct err *tree_ends(struct oidset *out, struct repo *repo);

#endif
