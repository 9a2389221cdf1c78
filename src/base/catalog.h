/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A catalog of messages as msgfmt writes it: pairs of a key and its
 * translation, sorted by key. Read here and not by gettext(3), which speaks
 * nothing but English where the only locale is C.UTF-8, since version 2.43 of
 * the GNU C library; and many a container has no other.
 */
#ifndef BASE_CATALOG_H
#define BASE_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalog {
	const char *bytes; /* the file, mapped for good */
	size_t n;
	bool swapped;       /* its numbers are in the other byte order */
	uint32_t nr;        /* messages */
	const char *keys;   /* in `bytes`: a length and an offset for each */
	const char *values; /* the same */
};

/* Opens a file; what cannot be read is a catalog without messages. */
void catalog_open(struct catalog *out, const char *path);

/* The translation, borrowed; of a message with several forms the first. NULL
 * if there is none. */
const char *catalog_find(const struct catalog *catalog, const char *key);

#endif
