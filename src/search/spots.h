/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where in a text what is sought stands.
 */
#ifndef SEARCH_SPOTS_H
#define SEARCH_SPOTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "index/db.h"
#include "search/ways.h"

struct spot {
	size_t way;
	size_t place;    /* where its first word stands, in characters of a
			  * script without spaces; any other word is two */
	size_t from, to; /* bytes of the text */
};
struct spots VEC_OF(struct spot);

/* The words of each way, to be looked for in several texts. */
struct spotter {
	struct arena *a;
	struct db *db; /* stems words */
	const struct ways *ways;
	struct spotter_word **words; /* of each way */
	size_t *nr;
	/* Pairs of bytes: that the first word of a way begins with, and that
	 * any of them does. */
	unsigned char starts[8192], kept[8192];
};

void spotter_init(struct spotter *out, struct arena *a, struct db *db,
		  const struct ways *ways);

/* In the order of the text; of one place, in that of the ways. In `a`. */
void spots_find(struct spots *out, struct arena *a,
		const struct spotter *spotter, const char *text, size_t n);

#endif
