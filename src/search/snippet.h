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
#include "search/terms.h"

struct db;

/* A part of a text, in bytes. */
struct mark {
	size_t from, to;
};
struct marks VEC_OF(struct mark);

struct snippet {
	const char *text; /* one line, a long one cut, as it is written but for
			   * the signs of Markdown at its start */
	struct marks marks;  /* what was sought in it, in order */
	const char *section; /* "title", a section's key; NULL: elsewhere */
};

/* Reads the body of the retro, which has its bytes. `db` stems words. */
void snippet_find(struct snippet *out, struct arena *a, struct db *db,
		  struct retro *retro, const struct policy *policy,
		  const struct terms *terms);

#endif
