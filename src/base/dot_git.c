/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/dot_git.h"

#include <string.h>
#include <strings.h>

/* What is left of the name is no longer. */
#define NAME_MAX_BYTES 5

/* The bytes of a character that HFS+ leaves out of a name, at `p`: U+200C to
 * U+200F, U+202A to U+202E, U+206A to U+206F and U+FEFF. */
static size_t ignored(const char *p)
{
	const unsigned char *s = (const unsigned char *)p;

	if (s[0] == 0xE2 && s[1] == 0x80)
		return (s[2] >= 0x8C && s[2] <= 0x8F) ||
				       (s[2] >= 0xAA && s[2] <= 0xAE)
			       ? 3
			       : 0;
	if (s[0] == 0xE2 && s[1] == 0x81)
		return s[2] >= 0xAA && s[2] <= 0xAF ? 3 : 0;
	return s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF ? 3 : 0;
}

/* NTFS: a stream's name follows a colon, dots and spaces at the end do not
 * count, and GIT~1 is the short name. */
static bool is_dot_git(const char *p)
{
	char name[NAME_MAX_BYTES + 1] = "";
	size_t n = 0, kept = 0, skip;

	for (; *p && !strchr("/\\:", *p); p += skip ? skip : 1) {
		skip = ignored(p);
		if (skip)
			continue;
		if (n < NAME_MAX_BYTES)
			name[n] = *p;
		n++;
		if (*p != ' ' && *p != '.')
			kept = n;
	}
	if (kept > NAME_MAX_BYTES)
		return false;
	name[kept] = '\0';
	return !strcasecmp(name, ".git") || !strcasecmp(name, "git~1");
}

bool dot_git_in(const char *path)
{
	for (const char *p = path;; p++) {
		if (is_dot_git(p))
			return true;
		p += strcspn(p, "/\\");
		if (!*p)
			return false;
	}
}
