/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lines of a text in memory.
 */
#ifndef BASE_LINE_H
#define BASE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Takes the next line off the text between `*at` and `end`; false at its end.
 * `n` does not count the newline, which the last line may lack. */
static inline bool line_next(const char **line, size_t *n, const char **at,
			     const char *end)
{
	const char *stop;

	if (*at >= end)
		return false;
	stop = memchr(*at, '\n', (size_t)(end - *at));
	*line = *at;
	*n = (size_t)((stop ? stop : end) - *at);
	*at = stop ? stop + 1 : end;
	return true;
}

#endif
