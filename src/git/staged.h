/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The index, as git has it at this moment: in a commit hook GIT_INDEX_FILE
 * names another one than usual, and libgit2 cannot open split and sparse ones.
 * So it is read as dircache_diff.h says, and else git is asked.
 */
#ifndef GIT_STAGED_H
#define GIT_STAGED_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/dircache_diff.h"
#include "git/repo.h"
#include "git/tree.h"

/* All paths that differ from HEAD, sorted. `head` NULL: nothing is committed yet, and
 * everything differs. */
MUST_USE struct err *staged_list(struct staged_changes *out, struct arena *a,
				 struct repo *repo, const struct oid *head);
/* The one of this path; NULL if it does not differ. */
const struct staged_change *staged_find(const struct staged_changes *changes,
					const char *path);

/* Every path of the index, sorted by byte value. */
MUST_USE struct err *staged_paths(struct strs *out, struct arena *a);

/* The paths that differ from `base` (NULL: HEAD) and are not deleted, sorted; all
 * that there are, while nothing is committed. */
MUST_USE struct err *staged_changed(struct strs *out, struct arena *a,
				    struct repo *repo, const struct oid *base);

#endif
