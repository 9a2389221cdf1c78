/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/columns.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define GAP 2
#define CUT "…"
/* A longer name moves its own line only, not the whole table. */
#define LONG_NAME 40
/* The text is not cut shorter than this, nor a cell before it than that. */
#define LEAST_TEXT 20
#define LEAST_CELL 20
/* A narrower terminal is taken for one of this width. */
#define LEAST_WIDTH 40
/* Of the lines of a row but its first. */
#define INDENT 4

struct table {
	const struct style *style;
	const struct rows *rows;
	size_t last;  /* the column of the text */
	size_t limit; /* columns of a line */
	size_t text;  /* columns that it needs, LEAST_TEXT at most */
	size_t widths[COLUMNS_MAX]; /* of those before it; 0: it is empty */
};

static const char *row_cell(const struct row *row, size_t i)
{
	return row->text[i] ? row->text[i] : "";
}

static size_t text_columns(const char *text)
{
	return *text ? text_width(text, strlen(text)) : 0;
}

/* The text as far as it fits into so many columns; what it takes. */
static size_t put_cut(struct buf *out, const struct style *style,
		      enum style_role role, const char *text, size_t columns)
{
	size_t n = strlen(text), width = text_width(text, n);
	struct buf cut = BUF_INIT;

	if (width <= columns) {
		style_put(out, style, role, text);
		return width;
	}
	n = text_fit(text, n, columns - 1, NULL);
	while (n && text[n - 1] == ' ')
		n--;
	buf_add(&cut, text, n);
	buf_addstr(&cut, CUT);
	style_put(out, style, role, cut.p);
	width = text_width(cut.p, cut.n);
	buf_release(&cut);
	return width;
}

/* Whether a cell stands where it is looked for, so that it can be left out. */
static bool is_shown(const struct table *table, const struct row *row, size_t i)
{
	return table->widths[i] && *row_cell(row, i);
}

/* --- a line a row --- */

/* Where the text of a row begins. */
static size_t text_start(const struct table *table, const struct row *row)
{
	size_t used = 0;

	for (size_t i = 0; i < table->last; i++) {
		size_t width = text_columns(row_cell(row, i));

		if (!table->widths[i])
			continue;
		used += (!i && width > table->widths[i] ? width
							: table->widths[i]) +
			GAP;
	}
	return used;
}

/* Whether a line has room for the cells and for some of the text. */
static bool fits_aligned(const struct table *table, const struct row *row)
{
	size_t text = text_columns(row_cell(row, table->last));
	size_t room = text < LEAST_TEXT ? text : LEAST_TEXT;

	return text_start(table, row) + room <= table->limit + (room ? 0 : GAP);
}

static void put_aligned(struct buf *out, const struct table *table,
			const struct row *row)
{
	size_t at = 0, pad = 0;

	for (size_t i = 0; i < table->last; i++) {
		size_t room = i ? table->widths[i] : SIZE_MAX, width = 0;

		if (!table->widths[i])
			continue;
		if (*row_cell(row, i)) {
			buf_fill(out, ' ', pad);
			width = put_cut(out, table->style, row->role[i],
					row_cell(row, i), room);
			at += pad + width;
			pad = 0;
		}
		pad += (width < table->widths[i] ? table->widths[i] - width
						 : 0) +
		       GAP;
	}
	if (*row_cell(row, table->last)) {
		enum style_role role = row->role[table->last];
		const char *text = row_cell(row, table->last);

		buf_fill(out, ' ', pad);
		if (table->limit == SIZE_MAX)
			style_put(out, table->style, role, text);
		else
			put_cut(out, table->style, role, text,
				table->limit - at - pad);
	}
	buf_addch(out, '\n');
}

/* --- several lines a row --- */

static void put_flowing(struct buf *out, const struct table *table,
			const struct row *row)
{
	size_t at = 0;

	for (size_t i = 0; i <= table->last; i++) {
		const char *text = row_cell(row, i);
		size_t width = text_columns(text), gap = at ? GAP : 0;

		if (i < table->last ? !is_shown(table, row, i) : !*text)
			continue;
		if (at &&
		    (i == table->last || at + gap + width > table->limit)) {
			buf_addch(out, '\n');
			at = gap = INDENT;
			buf_fill(out, ' ', INDENT);
		} else {
			buf_fill(out, ' ', gap);
			at += gap;
		}
		at += put_cut(out, table->style, row->role[i], text,
			      table->limit - at);
	}
	buf_addch(out, '\n');
}

/* --- the table --- */

static void measure_columns(struct table *table)
{
	for (size_t i = 0; i < table->rows->nr; i++)
		for (size_t j = 0; j < table->last; j++) {
			size_t width =
				text_columns(row_cell(&table->rows->at[i], j));

			if (width > table->widths[j] &&
			    (j || width <= LONG_NAME))
				table->widths[j] = width;
		}
	for (size_t i = 0; i < table->rows->nr && table->text < LEAST_TEXT;
	     i++) {
		size_t width = text_columns(
			row_cell(&table->rows->at[i], table->last));

		width = width < LEAST_TEXT ? width : LEAST_TEXT;
		table->text = width > table->text ? width : table->text;
	}
	/* Long names only: then they need no column, but a gap behind them. */
	if (!table->widths[0])
		table->widths[0] = 1;
}

static size_t columns_before_text(const struct table *table)
{
	size_t used = 0;

	for (size_t i = 0; i < table->last; i++)
		used += table->widths[i] ? table->widths[i] + GAP : 0;
	return used;
}

/* Takes from the widest cell between, until the text has room. */
static void shrink_columns(struct table *table)
{
	while (columns_before_text(table) + table->text >
	       table->limit + (table->text ? 0 : GAP)) {
		size_t widest = 0;

		for (size_t i = 1; i < table->last; i++)
			if (table->widths[i] > LEAST_CELL &&
			    (!widest ||
			     table->widths[i] > table->widths[widest]))
				widest = i;
		if (!widest)
			return;
		table->widths[widest]--;
	}
}

void columns_put(struct buf *out, const struct style *style,
		 const struct rows *rows, size_t count)
{
	struct table table = { .style = style,
			       .rows = rows,
			       .last = count - 1,
			       .limit = SIZE_MAX };

	if (style->tty && !style->wide)
		table.limit =
			style->width > LEAST_WIDTH ? style->width : LEAST_WIDTH;
	measure_columns(&table);
	if (table.limit != SIZE_MAX)
		shrink_columns(&table);
	for (size_t i = 0; i < rows->nr; i++) {
		const struct row *row = &rows->at[i];

		if (table.limit != SIZE_MAX && !fits_aligned(&table, row))
			put_flowing(out, &table, row);
		else
			put_aligned(out, &table, row);
	}
}
