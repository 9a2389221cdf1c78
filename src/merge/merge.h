/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two changes of one retro, merged: by field, section and item. What git merges
 * without a conflict is git's own result, unless that has two actions of one
 * number or a field twice. What is not understood conflicts as it always did.
 */
#ifndef MERGE_MERGE_H
#define MERGE_MERGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "merge/renumber.h"

struct merge {
	struct arena *a;
	const char *path; /* from the root */
	const struct policy *policy;
	struct text_merge texts; /* each followed by a NUL; in the arena */
	struct keepers keepers;
};

/* Appends the result. *clean: there is no conflict in it, and it is a retro as
 * sound as the sides are. */
MUST_USE struct err *merge_retros(struct buf *out, bool *clean,
				  const struct merge *merge);

#endif
