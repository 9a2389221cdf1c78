/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/lines.h"

#include <string.h>

bool lines_next(struct hook_line *line, struct arena *a, const char **at)
{
	size_t n = strcspn(*at, "\n");
	char *word = arena_strndup(a, *at, n);

	line->nr = 0;
	if (!**at)
		return false;
	*at += n + ((*at)[n] == '\n');
	while (word && line->nr < LINE_WORDS) {
		char *space = strchr(word, ' ');

		if (space)
			*space++ = '\0';
		line->words[line->nr++] = word;
		word = space;
	}
	return true;
}

bool lines_is_zero(const char *id)
{
	return *id && !id[strspn(id, "0")];
}
