/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A word that is one slip of the keyboard away from the only one that fits,
 * and the fix (diag.h) that puts that one in its place.
 */
#ifndef MODEL_SLIP_H
#define MODEL_SLIP_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/diag.h"
#include "model/node.h"

/* The one candidate that is a single slip (text_distance() of 1) away; NULL if
 * there is none, or more than one. */
const char *slip_nearest(const char *word, const struct strs *candidates);

/* A fix, in the arena; `text` is borrowed. */
const struct fix *slip_new(struct arena *a, size_t at, size_t len,
			   const char *text);
/* Another text for a plain scalar; NULL for a quoted one. */
const struct fix *slip_replace(struct arena *a, const struct node *node,
			       const char *text);
/* A value, to one of the words there are; NULL where a person must decide. */
const struct fix *slip_word(struct arena *a, const struct node *value,
			    const struct strs *words);

#endif
