/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/front.h"

#include <string.h>

#include "base/text.h"

/* The first byte behind the line that starts at `at`. */
static size_t next_front_line(const char *bytes, size_t n, size_t at)
{
	const char *nl = memchr(bytes + at, '\n', n - at);

	return nl ? (size_t)(nl - bytes) + 1 : n;
}

/* Whether the line at `at` is `mark` and nothing but blanks behind it. */
static bool is_front_fence(const char *bytes, size_t n, size_t at,
			   const char *mark)
{
	size_t len = strlen(mark), end = next_front_line(bytes, n, at);

	if (end - at < len || memcmp(bytes + at, mark, len) != 0)
		return false;
	for (at += len; at < end; at++)
		if (!strchr(" \t\r\n", bytes[at]))
			return false;
	return true;
}

static bool check_encoding(struct diags *diags, const char *path,
			   const char *bytes, size_t n)
{
	struct pos whole = { 0, 1, 1 };
	const char *nul;
	size_t bad;

	if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 ||
		       memcmp(bytes, "\xFE\xFF", 2) == 0)) {
		diag_add(diags, RULE_ENCODING, path, whole, NULL,
			 "this is UTF-16; a retro is UTF-8");
		return false;
	}
	nul = n ? memchr(bytes, '\0', n) : NULL;
	if (nul) {
		diag_add(diags, RULE_ENCODING, path,
			 diag_pos(bytes, (size_t)(nul - bytes)), NULL,
			 "a NUL byte: this is not text in UTF-8");
		return false;
	}
	if (!text_is_utf8(bytes, n, &bad)) {
		diag_add(diags, RULE_ENCODING, path, diag_pos(bytes, bad), NULL,
			 "the byte 0x%02X here is not UTF-8",
			 (unsigned)(unsigned char)bytes[bad]);
		return false;
	}
	return true;
}

bool front_find(struct front *front, struct diags *diags, const char *path,
		const char *bytes, size_t n)
{
	size_t bom = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	size_t first, at;

	*front = (struct front){ false, 0, 0, bom, false };
	if (!check_encoding(diags, path, bytes, n))
		return false;
	first = next_front_line(bytes, n, bom);
	front->crlf = first >= bom + 2 && bytes[first - 1] == '\n' &&
		      bytes[first - 2] == '\r';
	if (is_front_fence(bytes, n, bom, "+++")) {
		diag_add(diags, RULE_FRONT_MATTER, path, diag_pos(bytes, bom),
			 "write it as YAML between two lines ---",
			 "the front matter is TOML (+++), which is not read");
		return false;
	}
	if (!is_front_fence(bytes, n, bom, "---"))
		return true;
	for (at = first; at < n; at = next_front_line(bytes, n, at)) {
		if (!is_front_fence(bytes, n, at, "---") &&
		    !is_front_fence(bytes, n, at, "..."))
			continue;
		front->present = true;
		front->start = first;
		front->end = at;
		front->body = next_front_line(bytes, n, at);
		return true;
	}
	diag_add(diags, RULE_FRONT_MATTER, path, diag_pos(bytes, bom),
		 "put a line --- behind the last key",
		 "the front matter that starts here is never closed");
	return false;
}
