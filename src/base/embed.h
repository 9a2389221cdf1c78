/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of hooks/, templates/ and src/completion/, carried inside the
 * program. The table is written at build time, sorted by name.
 */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include <stddef.h>

struct embed {
	const char *name; /* "templates/release.en.md" */
	const char *bytes;
	size_t n;
};

extern const struct embed embed_table[];
extern const size_t embed_count;

/* NULL if there is none of that name. */
const struct embed *embed_find(const char *name);

#endif
