/* SPDX-License-Identifier: GPL-2.0-only */
#include "capture/lines.h"

#include <ctype.h>
#include <string.h>

#include "base/line.h"

bool next_line(const char **line, size_t *n, struct lines_at *lines)
{
	if (!line_next(line, n, &lines->at, lines->end))
		return false;
	lines->line++;
	*n -= *n && (*line)[*n - 1] == '\r';
	return true;
}

bool next_word(const char **word, size_t *word_n, const char **line, size_t *n)
{
	while (*n && isspace((unsigned char)**line))
		++*line, --*n;
	*word = *line;
	while (*n && !isspace((unsigned char)**line))
		++*line, --*n;
	*word_n = (size_t)(*line - *word);
	return *word_n > 0;
}

const char *quoted_text(struct arena *a, const char *s, size_t n)
{
	const char *end = n > 1 && *s == '"' ? memchr(s + 1, '"', n - 1) : NULL;

	return end ? arena_strndup(a, s + 1, (size_t)(end - s - 1)) : NULL;
}
