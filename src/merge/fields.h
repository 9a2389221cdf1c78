/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The front matter of three sides merged by field: a list as a set, in the
 * order of ours, a map and a list of maps by their keys; any other value line
 * by line.
 */
#ifndef MERGE_FIELDS_H
#define MERGE_FIELDS_H

#include "base/err.h"
#include "merge/leaf.h"
#include "merge/side.h"

/* Appends it, with the lines around it. *done false, and nothing is appended,
 * where it has another form than a block of fields. */
MUST_USE struct err *fields_merge(bool *done, struct merged *merged,
				  const struct side *base,
				  const struct side *ours,
				  const struct side *theirs);

#endif
