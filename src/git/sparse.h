/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that git's index has and a sparse checkout leaves out of the work tree.
 * They were not deleted, so they are read as they are staged.
 */
#ifndef GIT_SPARSE_H
#define GIT_SPARSE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "git/repo.h"
#include "git/sparse_cache.h"

/* Whether this work tree has, or once had, a sparse checkout: without one there
 * is nothing to ask git for. */
bool sparse_is_on(struct arena *a, const struct repo *repo);

/* The regular files at or below a path ("": all), sorted. */
MUST_USE struct err *sparse_list(struct sparse_files *out, struct arena *a,
				 const struct repo *repo, const char *path);

/* Appends the bytes of one; *found false, and no error, if it is none. All that
 * are read together cost two processes. Threads may call it. */
MUST_USE struct err *sparse_read(struct buf *out, bool *found,
				 const struct repo *repo, const char *path);

#endif
