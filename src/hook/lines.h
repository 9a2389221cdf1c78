/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What git writes to a hook's stdin: lines of words with single spaces.
 */
#ifndef HOOK_LINES_H
#define HOOK_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { LINE_WORDS = 4 };

struct hook_line {
	const char *words[LINE_WORDS]; /* in the arena */
	size_t nr;                     /* further words are left out */
};

/* Takes the next line off `*at`; false at the end of the text. */
bool lines_next(struct hook_line *line, struct arena *a, const char **at);

/* Whether an id is the zeros that stand for no object. */
bool lines_is_zero(const char *id);

#endif
