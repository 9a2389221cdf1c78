/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a project makes its releases, as `init` says it.
 */
#ifndef VIEW_HABITS_H
#define VIEW_HABITS_H

#include "base/arena.h"
#include "base/buf.h"
#include "lineage/habits.h"

/* Adds a line for each kind of tags, those in use first, a few of each use;
 * `numbered`: those that a person can choose from get a number, from 1 in the
 * order of the schemes. Then what they come to, and the branches. */
void habits_text(struct buf *out, struct arena *a, const struct habits *habits,
		 const struct proposal *proposal, bool numbered);

#endif
