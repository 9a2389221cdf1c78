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

/* Paths that one commit touched, against its first parent. */
MUST_USE struct err *diff_paths(struct strs *out, struct arena *a,
				struct repo *repo, const struct oid *commit);

#endif
