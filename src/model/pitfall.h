/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A pitfall: a top-level list item of the pitfalls section or, where a section
 * has no list, a paragraph.
 */
#ifndef MODEL_PITFALL_H
#define MODEL_PITFALL_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/markdown.h"
#include "model/section.h"

struct pitfall {
	const char *text;    /* plain text of its first paragraph, one line */
	const struct md *md; /* the item or paragraph */
	int line;
	struct strs paths; /* code spans in it that look like a path: one
			      * with a slash or a file ending, no blanks */
};
struct pitfalls VEC_OF(struct pitfall);

void pitfall_collect(struct pitfalls *out, struct arena *a,
		     const struct sections *sections);

#endif
