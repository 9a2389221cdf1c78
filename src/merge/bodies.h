/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Markdown of three sides merged by item, paragraph and heading: items and
 * sections that both added stand one behind the other.
 */
#ifndef MERGE_BODIES_H
#define MERGE_BODIES_H

#include "base/err.h"
#include "merge/leaf.h"
#include "merge/side.h"

/* Appends it. *done false, and nothing is appended, where there is too much of
 * it. */
MUST_USE struct err *bodies_merge(bool *done, struct merged *merged,
				  const struct side *base,
				  const struct side *ours,
				  const struct side *theirs);

#endif
