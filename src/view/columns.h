/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows in aligned columns, for a list that is read from the left: the first
 * cell is a name, which one types next; the last is text. A column that is
 * empty in every row is left out. Cells are clean already (text_cleaned()).
 *
 * No line is wider than the terminal, which is taken to have 40 columns at
 * least: the text is cut first, then the cells between; where that leaves too
 * little of the text, the cells of a row follow one another over several lines.
 * Off a terminal, and where `wide` is asked for, nothing is cut.
 */
#ifndef VIEW_COLUMNS_H
#define VIEW_COLUMNS_H

#include "base/buf.h"
#include "base/vec.h"
#include "view/style.h"

#define COLUMNS_MAX 8

struct row {
	const char *text[COLUMNS_MAX]; /* NULL counts as "" */
	enum style_role role[COLUMNS_MAX];
};
struct rows VEC_OF(struct row);

/* The first `count` cells of each row. */
void columns_put(struct buf *out, const struct style *style,
		 const struct rows *rows, size_t count);

#endif
