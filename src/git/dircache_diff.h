/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What git's index has otherwise than a commit, as `git diff-index --cached
 * --no-renames` tells it, without git: both are sorted, so they are walked side
 * by side, and folders of which the index knows the tree (cache_tree.h) are
 * passed over where the commit has the same. What git alone decides is left to
 * it: an index in a conflict or of another form (dircache_file.h), submodules
 * that changed (whether they are told is a matter of settings), objects that
 * stand for others (git replace), and what cannot be read.
 */
#ifndef GIT_DIRCACHE_DIFF_H
#define GIT_DIRCACHE_DIFF_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"

/* A path that differs from the commit. */
struct staged_change {
	const char *path; /* from the root */
	struct oid blob;
	bool gone;     /* it is not there any more, or in a conflict */
	bool unmerged; /* the latter */
	bool regular;  /* it is there, and no link and no submodule */
};
struct staged_changes VEC_OF(struct staged_change);

/* All paths that differ, sorted; `commit` NULL: everything does. False, and
 * `out` stays empty, where git is to be asked. */
bool dircache_diff(struct staged_changes *out, struct arena *a,
		   struct repo *repo, const struct oid *commit);

#endif
