/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files a list of patterns means, in the syntax of gitignore(5): a
 * pattern with a slash before its end is anchored at the root, one without one
 * matches at any level; a slash at its end means folders only; `*`, `?` and
 * `[a-z]` stay within a name, `**` does not; `!` takes back, the last that
 * matches decides, and what lies in a matched folder is matched. Answers are
 * those of `git check-ignore --no-index` with core.ignoreCase off; matching
 * takes time in proportion to pattern and path.
 */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

/* `path` is relative to the root, without "." and ".."; it is a folder if it
 * ends with a slash. A pattern longer than 4096 bytes matches nothing. */
bool glob_any(const struct strs *patterns, const char *path);

/* The same for one pattern; `!` and `#` in front mean nothing special. */
bool glob_path(const char *pattern, const char *path);

/* Whether the pattern is that of a whole name, as `git tag --list` has it: a
 * star reaches over slashes. */
bool glob_name(const char *pattern, const char *name);

/* What every path that the pattern matches begins with: its text up to the
 * first wildcard, borrowed, and the length of that; 0 if it is at any level.
 * `!` and `#` in front mean nothing special. */
size_t glob_start(const char **start, const char *pattern);

/* Whether what the pattern matches lies below the folder `dir` (with or
 * without an end slash, "" is the root), as far as the pattern says so: its
 * part before the first wildcard lies there. */
bool glob_is_below(const char *pattern, const char *dir);

#endif
