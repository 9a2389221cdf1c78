/* SPDX-License-Identifier: GPL-2.0-only */
#include "front/message.h"

#include <string.h>

/* Behind the mark of a comment. */
#define SCISSORS " ------------------------ >8 ------------------------\n"
#define DIGITS   "0123456789abcdef"

size_t message_length(const char *text)
{
	const char *end = strstr(text, SCISSORS);

	while (end && end > text && end[-1] != '\n')
		end--;
	return end ? (size_t)(end - text) : strlen(text);
}

const char *message_id(size_t *n, const char **at)
{
	const char *p = *at;

	while (*p) {
		const char *id = p;

		if (*p == '#' && (p == *at || p[-1] == '\n')) {
			p += strcspn(p, "\n");
			continue;
		}
		*n = strspn(p, DIGITS);
		p += *n + (*n == 0);
		if (*n >= MESSAGE_ID_MIN) {
			*at = p;
			return id;
		}
	}
	*at = p;
	return NULL;
}
