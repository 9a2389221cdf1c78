/* SPDX-License-Identifier: GPL-2.0-only */
/* Files that are read line by line. */
#ifndef CAPTURE_LINES_H
#define CAPTURE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct lines_at {
	const char *at, *end;
	int line; /* of the one that was read last, from 1 */
};

/* The next line, without its end; false behind the last. */
bool next_line(const char **line, size_t *n, struct lines_at *lines);

/* Takes the next word off a line: up to white space. False at its end. */
bool next_word(const char **word, size_t *word_n, const char **line, size_t *n);

/* The text in double quotes that the rest of a line begins with, in the arena;
 * NULL if it does not. */
const char *quoted_text(struct arena *a, const char *s, size_t n);

#endif
