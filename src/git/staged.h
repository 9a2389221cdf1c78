/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The index, as git has it at this moment: in a commit hook GIT_INDEX_FILE
 * names another one than usual, and libgit2 cannot open split and sparse ones.
 * So git is asked.
 */
#ifndef GIT_STAGED_H
#define GIT_STAGED_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/repo.h"
#include "git/tree.h"

/* The regular files below `dir` ("" is the root), sorted by path, without those
 * in a conflict; what tree_list() leaves out is left out. */
MUST_USE struct err *staged_list(struct tree_entries *out, struct arena *a,
				 const char *dir);

/* Every path of the index, sorted by byte value. */
MUST_USE struct err *staged_paths(struct strs *out, struct arena *a);

/* The paths below `dir` that differ from HEAD and are not deleted; all that
 * there are, while nothing is committed. */
MUST_USE struct err *staged_changed(struct strs *out, struct arena *a,
				    struct repo *repo, const char *dir);

#endif
