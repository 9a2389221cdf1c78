/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The line of a retro that shows best why it was found.
 */
#ifndef SEARCH_SNIPPET_H
#define SEARCH_SNIPPET_H

#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/policy.h"
#include "model/retro.h"
#include "search/spots.h"
#include "search/terms.h"

/* A part of a text, in bytes. */
struct mark {
	size_t from, to;
};
struct marks VEC_OF(struct mark);

struct snippet {
	const char *text;    /* one line of searchable_text(), without the signs
			   * of Markdown at its start */
	struct marks marks;  /* what was sought in it, in order */
	const char *section; /* "title", a section's key, a field's; NULL:
			      * elsewhere */
};

/* Reads the body of the retro, which has its bytes. */
void snippet_find(struct snippet *out, struct arena *a,
		  const struct spotter *spotter, struct retro *retro,
		  const struct policy *policy, const struct terms *terms);

/* The part of a snippet that fits into so many columns, with its first mark. In
 * the arena. */
struct snippet snippet_fit(const struct snippet *snippet, struct arena *a,
			   size_t columns);

#endif
