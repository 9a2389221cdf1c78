/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changes of files that are neither staged nor committed: what somebody is
 * about to write, or has just written.
 */
#ifndef REPORT_EDIT_H
#define REPORT_EDIT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/repo.h"

struct edit {
	const char *path;   /* from the root, normal */
	const char *before; /* what is on disk, about to be changed; NULL: it
			     * was written already, and HEAD has what was */
	const char *after;  /* where `before` is given: what it is to be; NULL:
			     * the file is to go */
};
struct edits VEC_OF(struct edit);

/* The one of this path; NULL if there is none. */
const struct edit *edit_find(const struct edits *edits, const char *path);

/* git's diff of each, in the form of front/marks.h. A file that HEAD does not
 * have is new in all its lines. */
MUST_USE struct err *edit_diff(struct buf *out, struct arena *a,
			       struct repo *repo, const struct edits *edits);

#endif
