/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/term_table.h"

#include <stdint.h>

#include "view/prose.h"
#include "view/term_inline.h"

#define GAP 2
/* A narrower column cannot be read. */
#define LEAST 4
/* A longer word may be cut rather than starve the other columns. */
#define LONG_WORD 16

struct column {
	size_t least;   /* its longest word */
	size_t natural; /* its longest line */
	size_t width;
	enum md_align align;
};

struct columns VEC_OF(struct column);

struct cell {
	struct prose prose;
	struct prose_lines lines;
};

struct cells VEC_OF(struct cell);

struct row {
	struct cells cells;
	size_t height;
};

struct rows VEC_OF(struct row);

struct table {
	const struct style *style;
	struct arena *arena;
	struct columns columns;
	struct rows rows;
	bool airy; /* a cell wraps: rows need a line between them */
};

static size_t least_width(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t widest(const struct prose *prose, size_t width)
{
	struct prose_lines lines = { 0 };
	size_t most = 0;

	prose_wrap(&lines, prose, width, width, 0);
	for (size_t i = 0; i < lines.nr; i++)
		if (lines.at[i].width > most)
			most = lines.at[i].width;
	return most;
}

static void measure(struct table *table, size_t i, const struct prose *prose)
{
	struct column *column;
	size_t natural = widest(prose, SIZE_MAX);
	size_t word = widest(prose, 1);

	if (i == table->columns.nr)
		vec_push(table->arena, &table->columns,
			 (struct column){ .least = 1, .natural = 1 });
	column = &table->columns.at[i];
	if (natural > column->natural)
		column->natural = natural;
	if (word > column->least)
		column->least = least_width(word, LONG_WORD);
}

static void read_table_rows(struct table *table, const struct md *md)
{
	for (const struct md *r = md->first; r; r = r->next) {
		struct row row = { 0 };
		unsigned roles = r == md->first ? PROSE_ROLE(STYLE_KEY) : 0;

		for (const struct md *c = r->first; c; c = c->next) {
			struct cell cell = { 0 };

			prose_init(&cell.prose, table->arena);
			term_inline(&cell.prose, table->style, c, roles);
			measure(table, row.cells.nr, &cell.prose);
			table->columns.at[row.cells.nr].align = c->align;
			vec_push(table->arena, &row.cells, cell);
		}
		vec_push(table->arena, &table->rows, row);
	}
}

static void release_rows(struct table *table)
{
	for (size_t i = 0; i < table->rows.nr; i++) {
		struct cells *cells = &table->rows.at[i].cells;

		for (size_t j = 0; j < cells->nr; j++)
			prose_release(&cells->at[j].prose);
	}
}

/* As a browser lays out a table: each column its longest word, and of what is
 * left over as much as its longest line needs, in proportion. */
static void fit_columns(struct columns *columns, size_t room)
{
	size_t needed = 0, wanted = 0, given = 0;

	for (size_t i = 0; i < columns->nr; i++) {
		struct column *column = &columns->at[i];

		column->natural = least_width(column->natural, room);
		column->least = least_width(column->least, column->natural);
		needed += column->least;
		wanted += column->natural;
	}
	for (size_t i = 0; i < columns->nr; i++) {
		struct column *column = &columns->at[i];

		if (wanted <= room)
			column->width = column->natural;
		else if (needed < room)
			column->width = column->least +
					(column->natural - column->least) *
						(room - needed) /
						(wanted - needed);
		else
			column->width = column->least * room / needed;
		if (column->width < LEAST)
			column->width = least_width(column->natural, LEAST);
		given += column->width;
	}
	/* What rounding left over. */
	for (size_t i = 0; i < columns->nr && given < room; i++) {
		struct column *column = &columns->at[i];

		if (column->width < column->natural) {
			column->width++;
			given++;
		}
	}
}

static void wrap_cells(struct table *table)
{
	for (size_t i = 0; i < table->rows.nr; i++) {
		struct row *row = &table->rows.at[i];

		for (size_t j = 0; j < row->cells.nr; j++) {
			struct cell *cell = &row->cells.at[j];
			size_t width = table->columns.at[j].width;

			prose_wrap(&cell->lines, &cell->prose, width, width,
				   PROSE_CUT_WORDS);
			if (cell->lines.nr > row->height)
				row->height = cell->lines.nr;
		}
		/* A head of two lines has its rule below. */
		if (i && row->height > 1)
			table->airy = true;
	}
}

static size_t blanks_before(const struct column *column, size_t width)
{
	size_t spare = column->width > width ? column->width - width : 0;

	if (column->align == MD_ALIGN_RIGHT)
		return spare;
	return column->align == MD_ALIGN_CENTRE ? spare / 2 : 0;
}

/* Line `i` of a row. Spaces are put out before the next cell's text only, so
 * that none ends a line. */
static void put_table_line(struct buf *out, const struct table *table,
			   const struct row *row, size_t i)
{
	size_t at = 0, column_at = 0;

	for (size_t j = 0; j < row->cells.nr; j++) {
		const struct column *column = &table->columns.at[j];
		const struct cell *cell = &row->cells.at[j];

		if (i < cell->lines.nr && cell->lines.at[i].width) {
			struct prose_line line = cell->lines.at[i];
			size_t start =
				column_at + blanks_before(column, line.width);

			buf_fill(out, ' ', start - at);
			prose_put(out, table->style, &cell->prose, line);
			at = start + line.width;
		}
		column_at += column->width + GAP;
	}
	buf_addch(out, '\n');
}

static void put_table_rule(struct buf *out, const struct table *table)
{
	buf_addstr(out, style_on(table->style, STYLE_DIM));
	for (size_t i = 0; i < table->columns.nr; i++) {
		buf_fill(out, ' ', i ? GAP : 0);
		buf_fill(out, '-', table->columns.at[i].width);
	}
	buf_addstr(out, style_on(table->style, STYLE_PLAIN));
	buf_addch(out, '\n');
}

static void put_table_rows(struct buf *out, const struct table *table)
{
	for (size_t i = 0; i < table->rows.nr; i++) {
		const struct row *row = &table->rows.at[i];

		if (i > 1 && table->airy)
			buf_addch(out, '\n');
		for (size_t j = 0; j < row->height; j++)
			put_table_line(out, table, row, j);
		if (i == 0)
			put_table_rule(out, table);
	}
}

static void put_unaligned(struct buf *out, const struct style *style,
			  const struct md *table)
{
	struct arena arena = ARENA_INIT;

	for (const struct md *r = table->first; r; r = r->next) {
		struct prose prose;
		struct prose_lines lines = { 0 };

		prose_init(&prose, &arena);
		for (const struct md *c = r->first; c; c = c->next) {
			if (c != r->first)
				prose_add(&prose, PROSE_ROLE(STYLE_DIM), " | ");
			term_inline(&prose, style, c, 0);
		}
		prose_wrap(&lines, &prose, SIZE_MAX, SIZE_MAX, 0);
		for (size_t i = 0; i < lines.nr; i++) {
			prose_put(out, style, &prose, lines.at[i]);
			buf_addch(out, '\n');
		}
		prose_release(&prose);
	}
	arena_release(&arena);
}

void term_table(struct buf *out, const struct style *style, const struct md *md,
		size_t width)
{
	struct arena arena = ARENA_INIT;
	struct table table = { .style = style, .arena = &arena };
	size_t columns = 0;

	for (const struct md *c = md->first->first; c; c = c->next)
		columns++;
	if (columns * (LEAST + GAP) > width + GAP) {
		put_unaligned(out, style, md);
		return;
	}
	read_table_rows(&table, md);
	fit_columns(&table.columns, width - GAP * (columns - 1));
	wrap_cells(&table);
	put_table_rows(out, &table);
	release_rows(&table);
	arena_release(&arena);
}
