/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The entries of a section, in whatever form a person gave them: the items of
 * a list, the rows of a table, a quote or an alert, a heading each, or
 * paragraphs. What an entry says, its kind of section knows (pitfall.c,
 * action.c).
 */
#ifndef MODEL_ENTRY_H
#define MODEL_ENTRY_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/label.h"
#include "model/markdown.h"
#include "model/section.h"

enum entry_form {
	ENTRY_ITEM,
	ENTRY_ROW,
	ENTRY_QUOTE,
	ENTRY_HEADING,   /* or a bold line over others */
	ENTRY_LINE,      /* of a paragraph in which each has a number */
	ENTRY_PARAGRAPH, /* where a section has nothing else */
};

struct entry {
	enum entry_form form;
	const struct md *md;   /* the item, row, quote, heading or paragraph */
	const struct md *list; /* the list or table it is in; NULL */
	const struct md *lead; /* the block before that list; NULL */
	const enum label *columns;   /* of a row: what its cells contain */
	const struct md *end;        /* of a heading: the first block that is
				      * no longer its own; NULL */
	const struct section *group; /* the section that it is in: the one
				      * whose own heading has the key */
	int line;
};
struct entries VEC_OF(struct entry);

/* The entries of all sections of this key, in the file's order. */
void entry_collect(struct entries *out, struct arena *a,
		   const struct sections *sections, enum section_key key);

/* What stands behind "3. " or "③ " in front of a heading. */
const char *entry_unnumbered(const char *text);

/* The text of blocks without markup, on one line, trimmed. In the arena. */
const char *entry_text(struct arena *a, const struct md *md);

#endif
