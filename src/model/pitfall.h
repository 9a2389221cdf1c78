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

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/section.h"

/* What a code span in a pitfall names, besides files. */
enum pitfall_name_kind {
	NAME_FUNCTION, /* `load()`, `Loader.load()`: "load" */
	NAME_MEMBER,   /* `Loader.rows`, `Loader::rows`: "rows" of "Loader" */
	NAME_KEY,      /* `torch`, `max-retries`: a package or a setting */
};
struct pitfall_name {
	enum pitfall_name_kind kind;
	const char *text;  /* as written */
	const char *word;  /* that is looked for */
	const char *owner; /* of a member, else NULL */
};

struct pitfall {
	const char *id;   /* "P1"; NULL if it has none */
	const char *text; /* plain, one line, without the number: of its
			      * first paragraph, of a row the cell that names
			      * it, of a heading that */
	size_t at; /* where that begins in the file, and its number goes; 0: not
		    * known */
	int line;
	struct strs paths; /* code spans in it that look like a path: one
			      * with a slash or a file ending, no spaces */
	struct strs names; /* those that pitfall_name_read() reads; a member
			    * may look like a path, too */
};
struct pitfalls VEC_OF(struct pitfall);

/* The files that the code spans below a node name, as of a pitfall. */
void pitfall_paths(struct strs *out, struct arena *a, const struct md *md);

void pitfall_collect(struct pitfalls *out, struct arena *a,
		     const struct sections *sections);

/* How many bytes of `s` are a pitfall's number, "P1"; 0 if it begins with
 * none. */
size_t pitfall_number(const char *s);

/* The first number after those that are taken: 4 after P1 and P3. */
long pitfall_next(const struct pitfalls *pitfalls);

/* Reads a code span, which it borrows. False if it names nothing so. */
bool pitfall_name_read(struct pitfall_name *out, struct arena *a,
		       const char *span);

#endif
