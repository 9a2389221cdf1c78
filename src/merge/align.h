/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which units of two rows are the same: a longest common row, in which an empty
 * line weighs least.
 */
#ifndef MERGE_ALIGN_H
#define MERGE_ALIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "merge/units.h"

#define ALIGN_NONE ((size_t)-1)

/* For each unit of `one` the place of its like in `other`, or ALIGN_NONE; in
 * the arena. NULL where there are too many of them. */
size_t *align_units(struct arena *a, const struct units *one,
		    const struct units *other);

#endif
