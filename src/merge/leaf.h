/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The smallest things that a merge joins: two changes of one text, of one
 * action, of one list on a line.
 */
#ifndef MERGE_LEAF_H
#define MERGE_LEAF_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "git/text_merge.h"

/* The result of a merge as it grows. */
struct merged {
	struct arena *a;
	struct buf out;
	const char *eol;
	enum text_merge_style style; /* how a conflict is written */
	unsigned marker;
	bool clean;
};

/* Appends a text, on a line of its own. */
void merged_add(struct merged *merged, const struct text *text);

/* The side that counts, where one did not change the text; NULL where all three
 * differ. */
const struct text *leaf_pick(const struct text *base, const struct text *ours,
			     const struct text *theirs);

/* Appends what two sides made of one text: the one that changed it or both
 * where they changed different lines, else a conflict. */
MUST_USE struct err *leaf_text(struct merged *merged, const struct text *base,
			       const struct text *ours,
			       const struct text *theirs);

/* The same of an item with a number, whose box, owner and dates are one thing
 * and whose words are another. */
MUST_USE struct err *leaf_item(struct merged *merged, const struct text *base,
			       const struct text *ours,
			       const struct text *theirs);

#endif
