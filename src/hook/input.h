/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What git writes to a hook's stdin: lines of words with single spaces.
 */
#ifndef HOOK_INPUT_H
#define HOOK_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { INPUT_WORDS = 4 };

struct input_line {
	const char *words[INPUT_WORDS]; /* in the arena */
	size_t nr;                      /* further words are left out */
};

/* Takes the next line off `*at`; false at the end of the text. */
bool input_next(struct input_line *line, struct arena *a, const char **at);

/* Whether an id is the zeros that stand for no object. */
bool input_is_zero(const char *id);

#endif
