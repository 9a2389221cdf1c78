/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows in aligned columns, for a list that is read from the left: the first
 * cell is a name and always whole, since one types it next; the last is text
 * and is cut to the terminal's width. A column that is empty in every row is
 * left out. Cells are clean already (text_cleaned()).
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

/* The first `count` cells of each row. Only a terminal cuts. */
void columns_put(struct buf *out, const struct style *style,
		 const struct rows *rows, size_t count);

#endif
