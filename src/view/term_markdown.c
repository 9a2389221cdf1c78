/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/line.h"
#include "base/text.h"
#include "view/markup.h"
#include "view/prose.h"
#include "view/term.h"
#include "view/term_inline.h"
#include "view/term_table.h"

/* However deep it lies, text keeps this many columns. */
#define NARROWEST 20
#define TAB       8

/* What stands in front of a line, with its escape sequences; and the columns
 * it takes. */
struct margin {
	struct buf text;
	size_t width;
};

struct page {
	struct buf *out;
	const struct style *style;
	struct arena *arena;
	size_t prose_width;
	struct margin margin;
	/* For the next line, in place of the margin: it ends in the marker of
	 * the list item that starts there. */
	struct margin mark;
	bool marked;
};

static void put_page_blocks(struct page *page, const struct md *md, bool tight);

/* --- lines --- */

static const struct margin *next_margin(const struct page *page)
{
	return page->marked ? &page->mark : &page->margin;
}

static void put_page_line(struct page *page, const char *s, size_t n)
{
	struct buf *out = page->out;
	const struct buf *margin = &next_margin(page)->text;

	buf_add(out, margin->p, margin->n);
	buf_add(out, s, n);
	while (!n && out->n && out->p[out->n - 1] == ' ')
		buf_truncate(out, out->n - 1);
	buf_addch(out, '\n');
	page->marked = false;
}

static size_t room(const struct margin *margin, size_t width)
{
	return margin->width + NARROWEST < width ? width - margin->width
						 : NARROWEST;
}

static void put_prose(struct page *page, const struct prose *prose)
{
	struct prose_lines lines = { 0 };
	struct buf line = BUF_INIT;

	prose_wrap(&lines, prose, room(next_margin(page), page->prose_width),
		   room(&page->margin, page->prose_width), 0);
	for (size_t i = 0; i < lines.nr; i++) {
		buf_reset(&line);
		prose_put(&line, page->style, prose, lines.at[i]);
		put_page_line(page, line.p, line.n);
	}
	buf_release(&line);
}

static void add_margin(struct margin *margin, const char *text, size_t width)
{
	buf_addstr(&margin->text, text);
	margin->width += width;
}

static void mark_line(struct page *page)
{
	if (page->marked)
		return;
	buf_reset(&page->mark.text);
	page->mark.width = 0;
	add_margin(&page->mark, page->margin.text.p, page->margin.width);
	page->marked = true;
}

static bool fits_page(const struct page *page, const struct margin *margin,
		      size_t width)
{
	return margin->width + width + NARROWEST <= page->prose_width;
}

/* --- blocks --- */

static void put_page_inlines(struct page *page, const struct md *md)
{
	struct prose prose;

	prose_init(&prose, page->arena);
	term_inline(&prose, page->style, md, 0);
	put_prose(page, &prose);
	prose_release(&prose);
}

/* Where colour cannot tell the levels apart the hashes stay. */
static void put_term_heading(struct page *page, const struct md *md)
{
	unsigned roles = md->level == 1   ? PROSE_ROLE(STYLE_TITLE)
			 : md->level == 2 ? PROSE_ROLE(STYLE_STRONG)
					  : PROSE_ROLE(STYLE_STRONG) |
						    PROSE_ROLE(STYLE_EMPH);
	struct prose prose;

	prose_init(&prose, page->arena);
	if (!page->style->colour) {
		prose_add(&prose, 0, &"######"[6 - md->level]);
		prose_add(&prose, 0, " ");
	}
	term_inline(&prose, page->style, md, roles);
	put_prose(page, &prose);
	prose_release(&prose);
}

static void put_quote(struct page *page, const struct md *md)
{
	size_t bytes = page->margin.text.n, width = page->margin.width;

	if (fits_page(page, next_margin(page), 2)) {
		struct buf bar = BUF_INIT;

		buf_addf(&bar, "%s│%s ", style_on(page->style, STYLE_DIM),
			 style_on(page->style, STYLE_PLAIN));
		if (page->marked)
			add_margin(&page->mark, bar.p, 2);
		add_margin(&page->margin, bar.p, 2);
		buf_release(&bar);
	}
	put_page_blocks(page, md->first, false);
	buf_truncate(&page->margin.text, bytes);
	page->margin.width = width;
}

/* A box takes the place of a bullet and stands behind a number. */
static void format_marker(struct buf *out, const struct style *style,
			  const struct md *item, const char *number)
{
	static const char boxes[] = {
		[MD_BOX_OPEN] = ' ',
		[MD_BOX_DONE] = 'x',
		[MD_BOX_DECLINED] = '-',
	};
	enum style_role role =
		item->box == MD_BOX_DONE ? STYLE_GOOD : STYLE_DIM;

	buf_addstr(out, number);
	if (item->box == MD_BOX_OPEN)
		buf_addstr(out, "[ ] ");
	else if (item->box != MD_BOX_NONE)
		buf_addf(out, "%s[%c]%s ", style_on(style, role),
			 boxes[item->box], style_on(style, STYLE_PLAIN));
	else if (!*number)
		buf_addstr(out, "- ");
}

/* Its text hangs behind the marker, as long as there is room for that. */
static void put_page_item(struct page *page, const struct md *item,
			  const char *number, bool tight)
{
	size_t bytes = page->margin.text.n, old = page->margin.width;
	size_t width = strlen(number);
	struct buf marker = BUF_INIT;

	if (item->box != MD_BOX_NONE)
		width += 4;
	else if (!width)
		width = 2;
	format_marker(&marker, page->style, item, number);
	if (page->marked && !fits_page(page, &page->mark, width))
		put_page_line(page, "", 0);
	mark_line(page);
	add_margin(&page->mark, marker.p, width);
	if (fits_page(page, &page->margin, width)) {
		buf_fill(&page->margin.text, ' ', width);
		page->margin.width += width;
	}
	put_page_blocks(page, item->first, tight);
	if (page->marked)
		put_page_line(page, "", 0);
	buf_truncate(&page->margin.text, bytes);
	page->margin.width = old;
	buf_release(&marker);
}

static void put_page_list(struct page *page, const struct md *list)
{
	struct buf number = BUF_INIT;
	long last = (long)list->level - 1;
	int digits;

	for (const struct md *item = list->first; item; item = item->next)
		last++;
	digits = snprintf(NULL, 0, "%ld", last);
	last = list->level;
	for (const struct md *item = list->first; item; item = item->next) {
		if (item != list->first && !list->tight)
			put_page_line(page, "", 0);
		buf_reset(&number);
		if (list->ordered)
			buf_addf(&number, "%*ld. ", digits, last++);
		put_page_item(page, item, number.p, list->tight);
	}
	buf_release(&number);
}

/* One line of code; tabs count from its own start. */
static void put_code_line(struct page *page, const char *s, size_t n)
{
	struct buf code = BUF_INIT, line = BUF_INIT;
	size_t column = 0;

	while (n) {
		const char *tab = memchr(s, '\t', n);
		size_t len = tab ? (size_t)(tab - s) : n, start = code.n;

		text_clean(&code, s, len, 0);
		column += text_width(code.p + start, code.n - start);
		if (tab) {
			buf_fill(&code, ' ', TAB - column % TAB);
			column += TAB - column % TAB;
			len++;
		}
		s += len;
		n -= len;
	}
	if (code.n)
		buf_addf(&line, "    %s%s%s", style_on(page->style, STYLE_CODE),
			 code.p, style_on(page->style, STYLE_PLAIN));
	put_page_line(page, line.p, line.n);
	buf_release(&code);
	buf_release(&line);
}

static void put_code(struct page *page, const struct md *md)
{
	const char *s = md->text, *end = s + strlen(s), *line;
	size_t n;

	while (end > s && end[-1] == '\n')
		end--;
	while (line_next(&line, &n, &s, end))
		put_code_line(page, line, n);
}

static void put_html(struct page *page, const struct md *md)
{
	const char *s = markup_visible(page->arena, md->text);

	while (s && *s) {
		size_t n = strcspn(s, "\n");
		struct prose prose;

		prose_init(&prose, page->arena);
		prose_add(&prose, PROSE_ROLE(STYLE_DIM),
			  arena_strndup(page->arena, s, n));
		put_prose(page, &prose);
		prose_release(&prose);
		s += n + (s[n] == '\n');
	}
}

static void put_page_rule(struct page *page)
{
	struct buf line = BUF_INIT;

	buf_addstr(&line, style_on(page->style, STYLE_DIM));
	buf_fill(&line, '-', room(next_margin(page), page->prose_width));
	buf_addstr(&line, style_on(page->style, STYLE_PLAIN));
	put_page_line(page, line.p, line.n);
	buf_release(&line);
}

static void put_page_table(struct page *page, const struct md *md)
{
	struct buf lines = BUF_INIT;

	if (page->marked)
		put_page_line(page, "", 0);
	term_table(&lines, page->style, md,
		   room(&page->margin, page->style->width));
	for (const char *s = lines.p; *s;) {
		size_t n = strcspn(s, "\n");

		put_page_line(page, s, n);
		s += n + 1;
	}
	buf_release(&lines);
}

static void put_page_block(struct page *page, const struct md *md)
{
	switch (md->type) {
	case MD_HEADING:
		put_term_heading(page, md);
		break;
	case MD_QUOTE:
		put_quote(page, md);
		break;
	case MD_LIST:
		put_page_list(page, md);
		break;
	case MD_CODE:
		put_code(page, md);
		break;
	case MD_HTML:
		put_html(page, md);
		break;
	case MD_RULE:
		put_page_rule(page);
		break;
	case MD_TABLE:
		put_page_table(page, md);
		break;
	default:
		put_page_inlines(page, md);
		break;
	}
}

static bool is_page_hidden(const struct page *page, const struct md *md)
{
	return md->type == MD_HTML && !markup_visible(page->arena, md->text);
}

/* A blank line parts blocks, but not a heading from what is under it. */
static void put_page_blocks(struct page *page, const struct md *md, bool tight)
{
	const struct md *before = NULL;

	for (; md; md = md->next) {
		if (is_page_hidden(page, md))
			continue;
		if (before && !tight &&
		    (before->type != MD_HEADING || md->type == MD_HEADING))
			put_page_line(page, "", 0);
		put_page_block(page, md);
		before = md;
	}
}

void term_markdown(struct buf *out, const struct style *style,
		   const struct md *doc)
{
	struct arena arena = ARENA_INIT;
	struct page page = {
		.out = out,
		.style = style,
		.arena = &arena,
		.prose_width = prose_width(style),
		.margin = { BUF_INIT, 0 },
		.mark = { BUF_INIT, 0 },
	};

	put_page_blocks(&page, doc->first, false);
	buf_release(&page.margin.text);
	buf_release(&page.mark.text);
	arena_release(&arena);
}
