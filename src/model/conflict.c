/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/conflict.h"

#include <string.h>

#define MARK 7 /* git's conflict-marker-size */

/* Whether the line at `p` is a run of MARK such signs, with a name after it
 * where `named`. */
static bool is_marker(const char *p, const char *end, char sign, bool named)
{
	for (int i = 0; i < MARK; i++)
		if (p + i >= end || p[i] != sign)
			return false;
	p += MARK;
	if (p == end || *p == '\n' || *p == '\r')
		return !named;
	return *p == ' ';
}

static const char *line_end(const char *p, const char *end)
{
	const char *nl = memchr(p, '\n', (size_t)(end - p));

	return nl ? nl + 1 : end;
}

static bool is_code_fence(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return end - p >= 3 && (!memcmp(p, "```", 3) || !memcmp(p, "~~~", 3));
}

bool conflict_find(size_t *at, const char *bytes, size_t n)
{
	const char *end = bytes + n, *open = NULL, *middle = NULL;
	bool code = false, opened_in_code = false;

	if (!memmem(bytes, n, "<<<<<<< ", MARK + 1))
		return false;
	for (const char *p = bytes; p < end; p = line_end(p, end)) {
		if (is_marker(p, end, '<', true)) {
			open = p;
			middle = NULL;
			opened_in_code = code;
		} else if (open && is_marker(p, end, '=', false)) {
			middle = p;
		} else if (middle && is_marker(p, end, '>', true)) {
			if (!opened_in_code || !code) {
				*at = (size_t)(open - bytes);
				return true;
			}
			open = middle = NULL;
		}
		code ^= is_code_fence(p, end);
	}
	return false;
}

const char *conflict_blank(struct arena *a, const char *bytes, size_t n)
{
	char *copy = arena_strndup(a, bytes, n), *end = copy + n;

	for (char *p = copy; p < end; p = copy + (line_end(p, end) - copy)) {
		if (!is_marker(p, end, '<', true) &&
		    !is_marker(p, end, '=', false) &&
		    !is_marker(p, end, '|', true) &&
		    !is_marker(p, end, '>', true))
			continue;
		for (char *q = p; q < end && *q != '\n' && *q != '\r'; q++)
			*q = ' ';
	}
	return copy;
}
