/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What changed between two commits, asked of git itself (`git diff-tree`), so
 * that renames, attributes and binary files are what git says they are.
 */
#ifndef GIT_DIFF_H
#define GIT_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oidset.h"
#include "git/walk.h"

struct repo;

struct diff_file {
	const char *path;      /* the new one */
	const char *old_path;  /* of a rename or copy, else NULL */
	size_t added, deleted; /* lines */
	bool binary;           /* then both are 0 */
};
struct diff_files VEC_OF(struct diff_file);

/* As `git diff --numstat -M from to` without anybody's diff.* settings, in
 * git's order; `from` NULL is the empty tree. */
MUST_USE struct err *diff_numstat(struct diff_files *out, struct arena *a,
				  struct repo *repo, const struct range *range);

/* The paths alone, a rename as two: all that can be told where blobs are
 * missing (a partial clone). */
MUST_USE struct err *diff_names(struct strs *out, struct arena *a,
				struct repo *repo, const struct range *range);

/* A file that a commit changed, against its first parent (a root's against
 * nothing). */
struct file_touch {
	struct oid commit;
	const char *path;     /* the new one */
	const char *old_path; /* of a rename, else NULL */
	bool deleted;
};
struct file_touches VEC_OF(struct file_touch);

/* Those of all of the commits, which must be here, in one question; a rename
 * is one of git's own with `renames`, else two. Of a commit where history is
 * cut off (a shallow clone) nobody knows what it changed: none. */
MUST_USE struct err *diff_touches(struct file_touches *out, struct arena *a,
				  struct repo *repo, const struct oids *commits,
				  bool renames);

/* Where each of the paths was last taken away in the history of `head`: the
 * newest deletion of each, a rename being one; by path. */
MUST_USE struct err *diff_deletions(struct file_touches *out, struct arena *a,
				    struct repo *repo, const struct oid *head,
				    const struct strs *paths);

/* The text of git's diff of one change. */
struct patch {
	struct oid commit; /* where the change ends; zeros: what is staged */
	const char *text;
};
struct patches VEC_OF(struct patch);

/* One for each range that is not empty; `from` NULL is the first parent of
 * `to`. `ranges` NULL: of what is staged against HEAD; a `to` of zeros: against
 * `from`. `options` are git's, such as -U0, ending with NULL; `path`, if not
 * NULL, is the only file. */
MUST_USE struct err *diff_patches(struct patches *out, struct arena *a,
				  struct repo *repo, const struct range *ranges,
				  size_t nr, const char *const *options,
				  const char *path);

/* The lines that a commit takes away and adds, each as "-" or "+", the file, a
 * tab and its text. Nothing for a merge. */
MUST_USE struct err *diff_lines(struct strs *out, struct arena *a,
				struct repo *repo, const struct oid *commit);

/* Adds those of the commits that touched `path` (from the root; a file, or what
 * lies in a folder of that name; "" is all), each against its first parent. All
 * must be here. One where history is cut off (a shallow clone) looks as if it
 * had touched every file, and is left out. What leads out of the repository is
 * touched by none. ERR_FAILED where trees are missing (some partial clones). */
MUST_USE struct err *diff_touching(struct oidset *out, struct repo *repo,
				   const struct oids *commits,
				   const char *path);

#endif
