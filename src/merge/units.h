/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A text as a row of units, each of whole lines, that a merge moves as one: of
 * the body a heading, an item, a row of a table, a paragraph, a blank line; of
 * the front matter a field, an entry of a list.
 */
#ifndef MERGE_UNITS_H
#define MERGE_UNITS_H

#include "base/vec.h"
#include "git/text_merge.h"
#include "merge/side.h"

enum unit_kind { UNIT_BLANK, UNIT_TEXT, UNIT_HEADING, UNIT_ITEM };

struct unit {
	enum unit_kind kind;
	const char *key; /* what it is, whatever it says: "A2"; NULL: its
			  * text alone */
	struct text text;
};
struct units VEC_OF(struct unit);

/* The body of a side. False if it was not read as Markdown. */
bool units_of_body(struct units *out, struct arena *a, const struct side *side);

/* Whether an item is there more often than in each of the others: a merge has
 * put it in twice. */
bool units_repeat(const struct units *units, struct arena *a,
		  const struct units *one, const struct units *other);

/* Whether both are the same thing, and whether they say the same. */
bool unit_is_like(const struct unit *one, const struct unit *other);
bool text_is_equal(const struct text *one, const struct text *other);

#endif
