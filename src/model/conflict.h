/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The markers that a merge leaves in a file: both sides are in it, and none is
 * meant.
 */
#ifndef MODEL_CONFLICT_H
#define MODEL_CONFLICT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Whether there is a conflict, with its first byte in `*at`; what stands in
 * fenced code is none. */
bool conflict_find(size_t *at, const char *bytes, size_t n);
/* The text with spaces in the place of the markers, so that each side reads as
 * it was written. As long as the text; in the arena. */
const char *conflict_blank(struct arena *a, const char *bytes, size_t n);

#endif
