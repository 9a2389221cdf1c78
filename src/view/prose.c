/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/prose.h"

#include <stdint.h>
#include <string.h>

#include "base/sorted.h"
#include "base/text.h"

/* Longer lines are hard to read. Columns. */
#define WIDEST 100
/* What the further lines of a block are indented more. */
#define HANG 2

/* What must not start a line, and what must not end one. Only asked next to a
 * wide character: between narrow ones only a space parts. */
static const char closing[] =
	"，。、；：？！）】》」』〉〕〗〙｝］〞＞…—～·・ー々％‰°℃"
	"”’»,.;:?!)]}>%";
static const char opening[] = "（【《「『〈〔〖〘｛［〝＜“‘«([{<$¥￥€£#＃@＠";

/* A character with its marks, as a terminal shows it. */
struct cell {
	const char *p;
	size_t n;
	size_t width;
};

void prose_init(struct prose *prose, struct arena *a)
{
	*prose = (struct prose){ .arena = a, .text = BUF_INIT };
}

void prose_release(struct prose *prose)
{
	buf_release(&prose->text);
}

static struct cell prose_cell_at(const char *s, size_t n)
{
	struct cell cell = { s, 1, 1 };

	if ((unsigned char)s[0] < 0x80 &&
	    (n == 1 || (unsigned char)s[1] < 0x80))
		return cell;
	cell.n = text_fit(s, n, 1, &cell.width);
	if (!cell.n)
		cell.n = text_fit(s, n, 2, &cell.width);
	return cell;
}

static bool is_cell_in(const char *set, struct cell cell)
{
	size_t len;

	(void)text_decode(cell.p, cell.n, &len);
	return memmem(set, strlen(set), cell.p, len) != NULL;
}

static bool may_part(struct cell before, struct cell behind)
{
	return (before.width == 2 || behind.width == 2) &&
	       !is_cell_in(closing, behind) && !is_cell_in(opening, before);
}

static bool ends_wide(const struct prose *prose)
{
	const struct buf *text = &prose->text;
	size_t at = text->n;

	while (at && ((unsigned char)text->p[at - 1] & 0xc0) == 0x80)
		at--;
	return at && at < text->n &&
	       text_width(text->p + at - 1, text->n - at + 1) == 2;
}

static unsigned last_roles(const struct prose *prose)
{
	size_t nr = prose->spans.nr;

	return nr ? prose->spans.at[nr - 1].roles : 0;
}

static void set_roles(struct prose *prose, unsigned roles)
{
	if (roles == last_roles(prose))
		return;
	vec_push(prose->arena, &prose->spans,
		 (struct prose_span){ prose->text.n, roles });
}

void prose_add(struct prose *prose, unsigned roles, const char *s)
{
	size_t n = strlen(s);

	if (!n)
		return;
	if (prose->broken && prose->text.n &&
	    !(ends_wide(prose) && prose_cell_at(s, n).width == 2)) {
		set_roles(prose, roles & last_roles(prose));
		buf_addch(&prose->text, ' ');
	}
	prose->broken = false;
	set_roles(prose, roles);
	text_clean(&prose->text, s, n, 0);
}

void prose_break(struct prose *prose)
{
	prose->broken = false;
	buf_addch(&prose->text, '\n');
}

void prose_soft_break(struct prose *prose)
{
	prose->broken = true;
}

/* The line from `start` (no space there) and, in `*next`, where the one behind
 * it starts. `cut` is the last place where it could end. */
static struct prose_line next_prose_line(size_t *next,
					 const struct prose *prose,
					 size_t start, size_t width,
					 unsigned flags)
{
	const char *s = prose->text.p;
	size_t n = prose->text.n, used = 0, at = start;
	struct prose_line cut = { start, start, 0 };
	struct cell before = { NULL, 0, 0 }; /* none behind a space */

	while (at < n && s[at] != '\n') {
		struct cell cell = prose_cell_at(s + at, n - at);
		bool space = s[at] == ' ';

		if (before.p && (space || may_part(before, cell)))
			cut = (struct prose_line){ start, at, used };
		if (space || cut.end == at)
			*next = at + space;
		if (!space && used + cell.width > width) {
			if (cut.end > start)
				return cut;
			if (flags & PROSE_CUT_WORDS && at > start) {
				*next = at;
				return (struct prose_line){ start, at, used };
			}
		}
		before = space ? (struct cell){ NULL, 0, 0 } : cell;
		used += cell.width;
		at += cell.n;
	}
	*next = at + (at < n);
	return before.p || at == start ? (struct prose_line){ start, at, used }
				       : cut;
}

void prose_wrap(struct prose_lines *out, const struct prose *prose,
		size_t first, size_t width, unsigned flags)
{
	const struct buf *text = &prose->text;
	size_t at = 0;

	while (at < text->n) {
		struct prose_line line;

		at += strspn(text->p + at, " ");
		if (at == text->n)
			break;
		line = next_prose_line(&at, prose, at, first, flags);
		vec_push(prose->arena, out, line);
		first = width;
	}
}

size_t prose_width(const struct style *style)
{
	return style->width < WIDEST ? style->width : WIDEST;
}

static int by_span_up_to(const void *at, const void *span)
{
	return ((const struct prose_span *)span)->at <= *(const size_t *)at
		       ? 1
		       : -1;
}

/* The index of the first span behind byte `at`. */
static size_t span_behind(const struct prose *prose, size_t at)
{
	return sorted_first(&at, prose->spans.at, prose->spans.nr,
			    sizeof(*prose->spans.at), by_span_up_to);
}

static void put_roles(struct buf *out, const struct style *style,
		      unsigned roles)
{
	for (unsigned role = STYLE_PLAIN + 1; role < STYLE_COUNT; role++)
		if (roles & PROSE_ROLE(role))
			buf_addstr(out, style_on(style, role));
}

void prose_put(struct buf *out, const struct style *style,
	       const struct prose *prose, struct prose_line line)
{
	size_t at = line.start, i = span_behind(prose, at);
	unsigned roles = i ? prose->spans.at[i - 1].roles : 0;

	while (at < line.end) {
		size_t end = line.end;

		if (i < prose->spans.nr && prose->spans.at[i].at < end)
			end = prose->spans.at[i].at;
		put_roles(out, style, roles);
		buf_add(out, prose->text.p + at, end - at);
		if (roles)
			buf_addstr(out, style_on(style, STYLE_PLAIN));
		at = end;
		if (i < prose->spans.nr)
			roles = prose->spans.at[i++].roles;
	}
}

void prose_put_block(struct buf *out, const struct style *style,
		     const struct prose *prose, size_t indent)
{
	size_t most = style->tty ? style->width : SIZE_MAX;
	size_t hang = indent + HANG;
	struct prose_lines lines = { 0 };

	prose_wrap(&lines, prose, most > indent ? most - indent : 1,
		   most > hang ? most - hang : 1, PROSE_CUT_WORDS);
	for (size_t i = 0; i < lines.nr; i++) {
		buf_fill(out, ' ', i ? hang : indent);
		prose_put(out, style, prose, lines.at[i]);
		buf_addch(out, '\n');
	}
}
