/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/columns.h"

#include <string.h>

#include "base/text.h"

#define GAP 2
#define CUT "…"
/* A longer name moves its own line only, not the whole table. */
#define LONG_NAME 40
/* The text is not cut shorter than this; the line then sticks out. */
#define LEAST_TEXT 20

static const char *cell(const struct row *row, size_t i)
{
	return row->text[i] ? row->text[i] : "";
}

static size_t text_columns(const char *text)
{
	return text_width(text, strlen(text));
}

/* The text as far as it fits behind `used` columns; only a terminal cuts. */
static void put_column_text(struct buf *out, const struct style *style,
			    const char *text, size_t used)
{
	size_t left = LEAST_TEXT, n = strlen(text);

	if (style->width > used + left)
		left = style->width - used;
	if (!style->tty || text_width(text, n) <= left) {
		buf_addstr(out, text);
		return;
	}
	n = text_fit(text, n, left - 1, NULL);
	while (n && text[n - 1] == ' ')
		n--;
	buf_add(out, text, n);
	buf_addstr(out, CUT);
}

static void put_column_row(struct buf *out, const struct style *style,
			   const struct row *row, const size_t *widths,
			   size_t last)
{
	size_t at = 0, pad = 0;

	for (size_t i = 0; i < last; i++) {
		size_t width = text_columns(cell(row, i));

		if (!widths[i])
			continue;
		if (width) {
			buf_fill(out, ' ', pad);
			style_put(out, style, row->role[i], cell(row, i));
			at += pad + width;
			pad = 0;
		}
		pad += (width < widths[i] ? widths[i] - width : 0) + GAP;
	}
	if (*cell(row, last)) {
		buf_fill(out, ' ', pad);
		put_column_text(out, style, cell(row, last), at + pad);
	}
	buf_addch(out, '\n');
}

void columns_put(struct buf *out, const struct style *style,
		 const struct rows *rows, size_t count)
{
	size_t widths[COLUMNS_MAX] = { 0 };
	size_t last = count - 1;

	for (size_t i = 0; i < rows->nr; i++)
		for (size_t j = 0; j < last; j++) {
			size_t width = text_columns(cell(&rows->at[i], j));

			if (width > widths[j] && (j || width <= LONG_NAME))
				widths[j] = width;
		}
	/* Long names only: then they need no column, but a gap behind them. */
	if (!widths[0])
		widths[0] = 1;
	for (size_t i = 0; i < rows->nr; i++)
		put_column_row(out, style, &rows->at[i], widths, last);
}
