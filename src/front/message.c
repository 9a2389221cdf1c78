/* SPDX-License-Identifier: GPL-2.0-only */
#include "front/message.h"

#include <stdbool.h>
#include <string.h>

#include "front/marks.h"

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

bool message_is_comment(const char *line)
{
	return *line == '#' && (!line[1] || strchr(" \t\r\n", line[1]));
}

static bool begins_comment(const char *start, const char *p)
{
	return (p == start || p[-1] == '\n') && message_is_comment(p);
}

const char *message_id(size_t *n, const char **at)
{
	const char *p = *at;

	while (*p) {
		const char *id = p;

		if (begins_comment(*at, p)) {
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

/* How many bytes at `p` are a number with its sign; 0: none. */
static size_t request_length(const char *start, const char *p)
{
	size_t n = 1 + strspn(p + 1, "0123456789");

	if (n == 1 || (*p != '#' && *p != '!') || mark_is_word(p[n]) ||
	    (p > start && (mark_is_word(p[-1]) || strchr("&/.-", p[-1]))))
		return 0;
	return n;
}

const char *message_number(size_t *n, const char **at)
{
	for (const char *p = *at; *p; p++) {
		if (begins_comment(*at, p)) {
			p += strcspn(p, "\n");
			if (!*p)
				break;
			continue;
		}
		*n = request_length(*at, p);
		if (*n) {
			*at = p + *n;
			return p;
		}
	}
	*at += strlen(*at);
	return NULL;
}
