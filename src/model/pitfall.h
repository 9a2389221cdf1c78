/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A pitfall: an entry of the pitfalls section (entry.h), that is a top-level
 * list item, a row of a table, a quote, a heading or, where there is none of
 * these, a paragraph. It can begin with its number:
 *
 *	- P1: The loader drops rows when a label is empty: `data/load.py`
 */
#ifndef MODEL_PITFALL_H
#define MODEL_PITFALL_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/section.h"

struct pitfall {
	const char *id;   /* "P1"; NULL if it has none */
	const char *text; /* plain, one line, without the number: of its
			      * first paragraph, of a row the cell that names
			      * it, of a heading that */
	size_t at; /* where that begins in the file, and its number goes; 0: not
		    * known */
	int line;
	struct strs paths; /* code spans in it that look like a path: one
			      * with a slash or a file ending, no blanks */
};
struct pitfalls VEC_OF(struct pitfall);

void pitfall_collect(struct pitfalls *out, struct arena *a,
		     const struct sections *sections);

/* How many bytes of `s` are a pitfall's number, "P1"; 0 if it begins with
 * none. */
size_t pitfall_number(const char *s);

/* The first number after those that are taken: 4 after P1 and P3. */
long pitfall_next(const struct pitfalls *pitfalls);

#endif
