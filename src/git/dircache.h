/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file in which git keeps the index, read without git: of a large one that
 * takes a tenth of the time. Versions 2 to 4 (gitformat-index(5)). Of what it
 * does not know (a split or sparse index, files that are only intended to be
 * added, a later version) it tells nothing, and git is to be asked.
 */
#ifndef GIT_DIRCACHE_H
#define GIT_DIRCACHE_H

#include <stdbool.h>

#include "base/arena.h"
#include "git/repo.h"
#include "git/tree.h"

/* The regular files below `dir` ("" is the root) that tree_list() would list,
 * sorted by path; those in a conflict are left out, too. False, and `out` stays
 * empty, where that cannot be told. */
bool dircache_list(struct tree_entries *out, struct arena *a,
		   const struct repo *repo, const char *dir);
/* The regular file of this path; false, and zero, if it is not there or that
 * cannot be told. */
bool dircache_find(struct oid *out, struct arena *a, const struct repo *repo,
		   const char *path);

#endif
