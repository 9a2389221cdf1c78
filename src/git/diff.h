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
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/walk.h"

struct repo;

struct diff_file {
	const char *path;     /* the new one */
	const char *old_path; /* of a rename or copy, else NULL */
	size_t added, deleted; /* lines */
	bool binary;           /* then both are 0 */
};
struct diff_files VEC_OF(struct diff_file);

/* As `git diff --numstat -M from to`, in git's order; `from` NULL is the empty
 * tree. */
MUST_USE struct err *diff_numstat(struct diff_files *out, struct arena *a,
				  struct repo *repo,
				  const struct range *range);

/* The unified diff of one file between the two, without context lines, as
 * text. For the few small files whose lines matter (lock files). */
MUST_USE struct err *diff_lines(struct buf *out, struct repo *repo,
				const struct range *range, const char *path,
				size_t max);

/* Paths that one commit touched, against its first parent. */
MUST_USE struct err *diff_paths(struct strs *out, struct arena *a,
				struct repo *repo, const struct oid *commit);

#endif
