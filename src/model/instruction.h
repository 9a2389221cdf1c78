/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text that speaks to a coding agent instead of to people: orders to forget
 * what it was told, to be somebody else, to keep something from its user, and
 * the marks by which models tell who speaks. It is looked for in all bytes,
 * since what is hidden in a comment is read by a program as well.
 */
#ifndef MODEL_INSTRUCTION_H
#define MODEL_INSTRUCTION_H

#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"

struct instruction {
	size_t at, n; /* bytes of the file, on one line */
};
struct instructions VEC_OF(struct instruction);

/* In the order of the text, one a line at most. Time grows with the text. */
void instruction_find(struct instructions *out, struct arena *a,
		      const char *bytes, size_t n);

#endif
