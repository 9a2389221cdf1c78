/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/input.h"

#include <string.h>

bool input_next(struct input_line *line, struct arena *a, const char **at)
{
	size_t n = strcspn(*at, "\n");
	char *word = arena_strndup(a, *at, n);

	line->nr = 0;
	if (!**at)
		return false;
	*at += n + ((*at)[n] == '\n');
	while (word && line->nr < INPUT_WORDS) {
		char *space = strchr(word, ' ');

		if (space)
			*space++ = '\0';
		line->words[line->nr++] = word;
		word = space;
	}
	return true;
}

bool input_is_zero(const char *id)
{
	return *id && !id[strspn(id, "0")];
}
