/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A Markdown table in aligned columns, without a box: two spaces between
 * columns, a rule under the head.
 */
#ifndef VIEW_TERM_TABLE_H
#define VIEW_TERM_TABLE_H

#include "base/buf.h"
#include "model/markdown.h"
#include "view/style.h"

/* Appends the table as lines of at most `width` columns: columns that do not
 * fit shrink and their cells wrap. One of too many columns for the width comes
 * row by row instead, its cells parted by bars, one line a row however long. */
void term_table(struct buf *out, const struct style *style,
		const struct md *table, size_t width);

#endif
