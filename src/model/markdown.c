/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/markdown.h"

#include <cmark.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"

/* cmark walks all open containers on each blank line: nesting times lines. */
#define MAX_WORK ((size_t)10000000)

/* A line as cmark cuts them (a lone CR ends one, too). */
struct line {
	size_t at;
	int number; /* of the file, where only \n ends a line */
};

struct reader {
	struct arena *a;
	const char *bytes;
	size_t n;
	size_t first_byte;
	struct line *lines; /* heap; one more than there are, at the end */
	size_t nr;
};

struct span {
	const char *p;
	size_t n;
};
struct spans VEC_OF(struct span);

/* An open node, and where its next child goes. */
struct open {
	struct md *md;
	struct md **tail;
};

static bool is_space_or_tab(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_punct(char c)
{
	return (unsigned char)c < 0x80 && ispunct((unsigned char)c);
}

static struct md *new_md(struct arena *a, enum md_type type, int line)
{
	struct md *md = arena_alloc(a, sizeof(*md));

	md->type = type;
	md->line = line;
	md->end_line = line;
	return md;
}

static const char *find_char(const char *p, const char *end, char c)
{
	const char *found = p < end ? memchr(p, c, (size_t)(end - p)) : NULL;

	return found ? found : end;
}

/* Each byte is looked at once, whichever ends the lines. */
static void cut_lines(struct reader *r, int first_line)
{
	const char *p = r->bytes, *end = p + r->n, *nl = NULL;
	int number = first_line;
	size_t room = 0;

	for (;; r->nr++) {
		if (r->nr == room) {
			room = room ? 2 * room : 64;
			r->lines =
				mem_realloc(r->lines, room * sizeof(*r->lines));
		}
		r->lines[r->nr] =
			(struct line){ (size_t)(p - r->bytes), number };
		if (p == end)
			return;
		if (!nl || nl < p)
			nl = find_char(p, end, '\n');
		p = find_char(p, nl, '\r');
		p += p + 1 == nl;
		number += p == nl && nl < end;
		p += p < end;
	}
}

/* cmark's line, from 1, to the file's. */
static int file_line(const struct reader *r, int line)
{
	if (line < 1 || !r->nr)
		return r->lines[0].number;
	if ((size_t)line > r->nr)
		return r->lines[r->nr - 1].number;
	return r->lines[line - 1].number;
}

/* cmark's line without its end; the first `column` - 1 bytes left out. */
static struct span line_span(const struct reader *r, int line, int column)
{
	struct span s = { r->bytes, 0 };
	size_t from, to;

	if (line < 1 || (size_t)line > r->nr || column < 1)
		return s;
	from = r->lines[line - 1].at + (size_t)column - 1;
	to = r->lines[line].at;
	while (to > from &&
	       (r->bytes[to - 1] == '\n' || r->bytes[to - 1] == '\r'))
		to--;
	s.p = r->bytes + from;
	s.n = to > from ? to - from : 0;
	return s;
}

/* --- what is too hard --- */

/* How deep containers can be nested on a line: each takes a marker, or two
 * columns of indentation if it was opened above. */
static size_t line_depth(const char *p, const char *end)
{
	size_t depth = 0, blanks = 0;

	for (; p < end; p++) {
		if (*p == ' ')
			blanks++;
		else if (*p == '\t')
			blanks += 4;
		else if (strchr(">-*+.)", *p))
			depth++;
		else if (!isdigit((unsigned char)*p))
			break;
	}
	return depth || p < end ? depth + blanks / 2 : 0;
}

/* Brackets count squared, block by block, as cmark's time does. */
static bool too_hard(const char *bytes, size_t n)
{
	size_t brackets = 0, squares = 0, depth = 1, lines = 0;

	if (n > MD_MAX_BYTES)
		return true;
	for (size_t at = 0, to; at < n; at = to + 1) {
		bool blank = true;
		size_t here;

		for (to = at; to < n && bytes[to] != '\n'; to++) {
			if (bytes[to] == '\r')
				break;
			brackets += bytes[to] == '[';
			blank &= is_space_or_tab(bytes[to]);
		}
		here = line_depth(bytes + at, bytes + to);
		depth = here > depth ? here : depth;
		lines++;
		if (squares + brackets * brackets >
		    (size_t)MD_MAX_BRACKETS * MD_MAX_BRACKETS)
			return true;
		if (blank) {
			squares += brackets * brackets;
			brackets = 0;
		}
		if (to + 1 < n && bytes[to] == '\r' && bytes[to + 1] == '\n')
			to++;
	}
	return depth * lines > MAX_WORK;
}

/* Paragraphs of plain text, parted by blank lines. */
static struct md *plain_document(const struct reader *r, int first_line)
{
	struct md *doc = new_md(r->a, MD_DOCUMENT, first_line);
	struct md **block = &doc->first, **text = NULL;
	struct md *paragraph = NULL;

	for (size_t i = 0; i < r->nr; i++) {
		struct span s = line_span(r, (int)i + 1, 1);

		text_trim(&s.p, &s.n);
		if (!s.n) {
			paragraph = NULL;
			continue;
		}
		if (!paragraph) {
			paragraph =
				new_md(r->a, MD_PARAGRAPH, r->lines[i].number);
			*block = paragraph;
			block = &paragraph->next;
			text = &paragraph->first;
		} else {
			*text = new_md(r->a, MD_SOFTBREAK, 0);
			text = &(*text)->next;
		}
		*text = new_md(r->a, MD_TEXT, 0);
		(*text)->text = arena_strndup(r->a, s.p, s.n);
		text = &(*text)->next;
		paragraph->end_line = r->lines[i].number;
	}
	doc->end_line = file_line(r, (int)r->nr);
	return doc;
}

/* --- task-list boxes --- */

/* How many bytes a box takes at the start of an item's text, 0 if there is
 * none: `[ ]`, `[x]`, `[-]`, and `[]`; an open one needs no space after it.
 * Judged by the bytes: a reference definition `[x]: url` makes `[x]` a link,
 * and `[ ](url)` is one. */
static size_t box_length(struct span s)
{
	size_t n = s.n >= 2 && s.p[1] == ']' ? 2 : 3;

	if (s.n < n || s.p[0] != '[' || s.p[n - 1] != ']' ||
	    (n == 3 && !strchr(" xX-", s.p[1])))
		return 0;
	if (s.n == n || is_space_or_tab(s.p[n]))
		return n;
	return (n == 2 || s.p[1] == ' ') && !strchr("([:", s.p[n]) ? n : 0;
}

static void set_box(const struct reader *r, struct md *item, struct span s)
{
	size_t n = box_length(s);
	char mark = n == 3 ? s.p[1] : ' ';

	if (!n)
		return;
	item->box = mark == ' '   ? MD_BOX_OPEN
		    : mark == '-' ? MD_BOX_DECLINED
				  : MD_BOX_DONE;
	item->box_at = r->first_byte + (size_t)(s.p - r->bytes) + 1;
}

/* Takes the box off the front of a paragraph's inlines. */
static void strip_box(struct md *paragraph)
{
	struct md *md = paragraph->first;
	size_t n = 0;

	if (md && md->type == MD_TEXT && *md->text == '[')
		n = strcspn(md->text, "]") + 1;
	if (md && md->type == MD_LINK)
		md = md->next;
	else if (n && n <= 3 && strlen(md->text) >= n)
		md->text += n;
	if (md && md->type == MD_TEXT) {
		md->text += strspn(md->text, " \t");
		if (!*md->text)
			md = md->next;
	}
	if (md && md->type == MD_SOFTBREAK)
		md = md->next;
	paragraph->first = md;
}

/* --- the tree --- */

static bool is_leaf(cmark_node_type type)
{
	switch (type) {
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_THEMATIC_BREAK:
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_TEXT:
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
	case CMARK_NODE_CODE:
	case CMARK_NODE_HTML_INLINE:
		return true;
	default:
		return false;
	}
}

static enum md_type type_of(cmark_node_type type)
{
	switch (type) {
	case CMARK_NODE_HEADING:
		return MD_HEADING;
	case CMARK_NODE_BLOCK_QUOTE:
		return MD_QUOTE;
	case CMARK_NODE_LIST:
		return MD_LIST;
	case CMARK_NODE_ITEM:
		return MD_ITEM;
	case CMARK_NODE_CODE_BLOCK:
		return MD_CODE;
	case CMARK_NODE_HTML_BLOCK:
		return MD_HTML;
	case CMARK_NODE_THEMATIC_BREAK:
		return MD_RULE;
	case CMARK_NODE_TEXT:
		return MD_TEXT;
	case CMARK_NODE_SOFTBREAK:
		return MD_SOFTBREAK;
	case CMARK_NODE_LINEBREAK:
		return MD_BREAK;
	case CMARK_NODE_CODE:
		return MD_CODE_SPAN;
	case CMARK_NODE_HTML_INLINE:
		return MD_INLINE_HTML;
	case CMARK_NODE_EMPH:
		return MD_EMPH;
	case CMARK_NODE_STRONG:
		return MD_STRONG;
	case CMARK_NODE_LINK:
		return MD_LINK;
	case CMARK_NODE_IMAGE:
		return MD_IMAGE;
	default:
		return MD_PARAGRAPH;
	}
}

static const char *copy(struct arena *a, const char *s)
{
	return arena_strdup(a, s ? s : "");
}

static struct md *convert_node(const struct reader *r, cmark_node *node)
{
	struct md *md = new_md(r->a, type_of(cmark_node_get_type(node)), 0);

	if (md->type < MD_TEXT) {
		md->line = file_line(r, cmark_node_get_start_line(node));
		md->end_line = file_line(r, cmark_node_get_end_line(node));
		if (md->end_line < md->line)
			md->end_line = md->line;
	}
	switch (md->type) {
	case MD_HEADING:
		md->level = cmark_node_get_heading_level(node);
		break;
	case MD_LIST:
		md->ordered =
			cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
		md->level = cmark_node_get_list_start(node);
		md->tight = cmark_node_get_list_tight(node);
		break;
	case MD_CODE:
		md->info = copy(r->a, cmark_node_get_fence_info(node));
		md->text = copy(r->a, cmark_node_get_literal(node));
		break;
	case MD_HTML:
	case MD_TEXT:
	case MD_CODE_SPAN:
	case MD_INLINE_HTML:
		md->text = copy(r->a, cmark_node_get_literal(node));
		break;
	case MD_LINK:
	case MD_IMAGE:
		md->url = copy(r->a, cmark_node_get_url(node));
		md->title = copy(r->a, cmark_node_get_title(node));
		break;
	default:
		break;
	}
	return md;
}

static void set_span(const struct reader *r, struct md *md, struct span s)
{
	md->at = r->first_byte + (size_t)(s.p - r->bytes);
	md->n = s.n;
}

/* "[name]: /url": cmark takes it off the paragraph, and does not say where the
 * rest of that begins. */
static bool is_like_reference(struct span s)
{
	const char *close = s.n && *s.p == '[' ? memchr(s.p, ']', s.n) : NULL;

	return close && close + 1 < s.p + s.n && close[1] == ':';
}

/* Where its text is; a heading's marks are none of it. */
static void set_place(const struct reader *r, struct md *md, cmark_node *node)
{
	struct span s = line_span(r, cmark_node_get_start_line(node),
				  cmark_node_get_start_column(node));

	if (md->type == MD_PARAGRAPH && is_like_reference(s))
		return;
	while (md->type == MD_HEADING && s.n &&
	       (*s.p == '#' || is_space_or_tab(*s.p)))
		s.p++, s.n--;
	set_span(r, md, s);
}

/* Where the lines behind the breaks of a paragraph are; not if a break lies
 * deeper in it. */
static void set_breaks(const struct reader *r, struct md *md, cmark_node *node)
{
	int line = cmark_node_get_start_line(node), breaks = 0;

	for (struct md *kid = md->first; kid; kid = kid->next)
		breaks += kid->type == MD_SOFTBREAK || kid->type == MD_BREAK;
	if (breaks != cmark_node_get_end_line(node) - line)
		return;
	for (struct md *kid = md->first; kid; kid = kid->next) {
		struct span s;

		if (kid->type != MD_SOFTBREAK && kid->type != MD_BREAK)
			continue;
		s = line_span(r, ++line, 1);
		while (s.n && is_space_or_tab(*s.p))
			s.p++, s.n--;
		set_span(r, kid, s);
	}
}

static void add_child(struct open *parent, struct md *md)
{
	*parent->tail = md;
	parent->tail = &md->next;
}

static bool add_markdown_table(const struct reader *r, cmark_node *node,
			       const struct open *stack, size_t depth,
			       struct open *parent);

/* Whether a paragraph is the first block of an item that has a box. */
static bool bears_box(const struct open *parent, const struct md *md)
{
	return parent->md->type == MD_ITEM && parent->md->box &&
	       parent->md->first == md;
}

/* Gives `into` what `root` contains. False if that is nested too deep. */
static bool convert(const struct reader *r, cmark_node *root, struct md *into)
{
	struct open stack[MD_MAX_DEPTH] = { { into, &into->first } };
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;
	size_t depth = 1;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE && depth) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		struct open *top = &stack[depth - 1];
		struct md *md = top->md;

		if (node == root)
			continue;
		if (event == CMARK_EVENT_EXIT) {
			depth--;
			if (md->type == MD_PARAGRAPH && bears_box(top - 1, md))
				strip_box(md);
			if (md->type == MD_PARAGRAPH && depth == 1)
				set_breaks(r, md, node);
			continue;
		}
		if (type == CMARK_NODE_PARAGRAPH && md->type == MD_ITEM &&
		    !md->first)
			set_box(r, md,
				line_span(r, cmark_node_get_start_line(node),
					  cmark_node_get_start_column(node)));
		if (type == CMARK_NODE_PARAGRAPH &&
		    add_markdown_table(r, node, stack, depth, top)) {
			cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
			continue;
		}
		md = convert_node(r, node);
		if (md->type == MD_PARAGRAPH || md->type == MD_HEADING)
			set_place(r, md, node);
		add_child(top, md);
		if (is_leaf(type))
			continue;
		if (depth < MD_MAX_DEPTH)
			stack[depth++] = (struct open){ md, &md->first };
		else
			depth = 0;
	}
	cmark_iter_free(iter);
	return depth != 0;
}

/* With our memory: cmark's own aborts where there is none left. */
static cmark_node *parse_cmark(const char *bytes, size_t n)
{
	static cmark_mem memory = { mem_calloc, mem_realloc, free };
	cmark_parser *parser =
		cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
	cmark_node *root;

	cmark_parser_feed(parser, bytes, n);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

/* --- pipe tables --- */

/* The inlines of a few words of Markdown that are a paragraph for certain,
 * whatever they start with. References of the document are not known here. */
static void add_inlines(const struct reader *r, struct md *into, struct span s)
{
	struct reader inner = { .a = r->a };
	struct buf b = BUF_INIT;
	struct md *text;
	cmark_node *doc, *paragraph;
	bool done = false;

	if (!s.n)
		return;
	/* A point in front keeps `#` and `-` from starting a block, and `*` and
	 * `_` as able to open as at a line's start. */
	buf_addch(&b, '.');
	buf_add(&b, s.p, s.n);
	inner.bytes = b.p;
	inner.n = b.n;
	cut_lines(&inner, 0);
	doc = parse_cmark(b.p, b.n);
	cmark_consolidate_text_nodes(doc);
	paragraph = cmark_node_first_child(doc);
	if (paragraph && !cmark_node_next(paragraph) &&
	    cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH)
		done = convert(&inner, paragraph, into);
	text = into->first;
	if (done && text && text->type == MD_TEXT && *text->text == '.') {
		text->text++;
		if (!*text->text)
			into->first = text->next;
	} else {
		into->first = new_md(r->a, MD_TEXT, 0);
		into->first->text = arena_strndup(r->a, s.p, s.n);
	}
	cmark_node_free(doc);
	free(inner.lines);
	buf_release(&b);
}

/* A cell's text: `\|` stands for a pipe, in code spans too. */
static void add_cell_text(const struct reader *r, struct md *cell,
			  struct span s)
{
	struct buf b = BUF_INIT;
	bool markup = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '|')
			continue;
		buf_addch(&b, s.p[i]);
		markup |= strchr("\\`*_[]<&", s.p[i]) != NULL;
	}
	if (markup) {
		add_inlines(r, cell, (struct span){ b.p, b.n });
	} else if (b.n) {
		cell->first = new_md(r->a, MD_TEXT, 0);
		cell->first->text = arena_strdup(r->a, b.p);
	}
	buf_release(&b);
}

/* The cells of a row, trimmed. */
static void split_row(struct arena *a, struct spans *cells, struct span row)
{
	struct span cell;
	size_t from, i;

	cells->nr = 0;
	text_trim(&row.p, &row.n);
	if (row.n && row.p[0] == '|') {
		row.p++;
		row.n--;
	}
	for (from = i = 0; i <= row.n; i++) {
		if (i + 1 < row.n && row.p[i] == '\\') {
			i++;
			continue;
		}
		if (i < row.n && row.p[i] != '|')
			continue;
		/* No cell begins after the last pipe. */
		if (i == row.n && from == row.n && from)
			break;
		cell = (struct span){ row.p + from, i - from };
		text_trim(&cell.p, &cell.n);
		vec_push(a, cells, cell);
		from = i + 1;
	}
}

/* `:--`, `:-:`, `--:`, `---`; false if it is none. */
static bool cell_align(enum md_align *align, struct span cell)
{
	bool left = cell.n && cell.p[0] == ':';
	bool right = cell.n > 1 && cell.p[cell.n - 1] == ':';

	*align = left && right ? MD_ALIGN_CENTRE
		 : left        ? MD_ALIGN_LEFT
		 : right       ? MD_ALIGN_RIGHT
			       : MD_ALIGN_NONE;
	cell.p += left;
	cell.n -= (size_t)left + (size_t)right;
	if (!cell.n)
		return false;
	for (size_t i = 0; i < cell.n; i++)
		if (cell.p[i] != '-')
			return false;
	return true;
}

/* Whether `row` is the line under a table's head `head`. */
static bool is_delimiter(struct arena *a, struct spans *cells, struct span head,
			 struct span row)
{
	struct spans names = { 0 };
	enum md_align align;

	/* One column without a single pipe is just text. */
	if (!memchr(head.p, '|', head.n) && !memchr(row.p, '|', row.n))
		return false;
	for (size_t i = 0; i < row.n; i++)
		if (!strchr("|:- \t", row.p[i]))
			return false;
	split_row(a, cells, row);
	for (size_t i = 0; i < cells->nr; i++)
		if (!cell_align(&align, cells->at[i]))
			return false;
	split_row(a, &names, head);
	return cells->nr && names.nr == cells->nr;
}

/* The lines of a paragraph, without what its containers put in front. */
static void paragraph_lines(const struct reader *r, struct spans *lines,
			    cmark_node *node, size_t quotes)
{
	int first = cmark_node_get_start_line(node);
	int last = cmark_node_get_end_line(node);

	for (int i = first; i <= last && (size_t)i <= r->nr; i++) {
		bool head = i == first;
		struct span s = line_span(
			r, i, head ? cmark_node_get_start_column(node) : 1);
		size_t left = head ? 0 : quotes;

		for (;;) {
			while (s.n && is_space_or_tab(*s.p))
				s.p++, s.n--;
			if (!left || !s.n || *s.p != '>')
				break;
			s.p++, s.n--, left--;
		}
		vec_push(r->a, lines, s);
	}
}

static struct md *new_row(const struct reader *r, const struct spans *marks,
			  struct span line, int number)
{
	struct md *row = new_md(r->a, MD_ROW, number);
	struct md **tail = &row->first;
	struct spans cells = { 0 };

	split_row(r->a, &cells, line);
	for (size_t i = 0; i < cells.nr && i < marks->nr; i++) {
		struct md *cell = new_md(r->a, MD_CELL, number);

		cell_align(&cell->align, marks->at[i]);
		set_span(r, cell, cells.at[i]);
		add_cell_text(r, cell, cells.at[i]);
		*tail = cell;
		tail = &cell->next;
	}
	return row;
}

/* The lines above a table's head are a paragraph of their own. */
static void add_lead(const struct reader *r, struct open *parent,
		     const struct spans *lines, size_t nr, int number)
{
	struct md *md = new_md(r->a, MD_PARAGRAPH, number);
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < nr; i++) {
		/* Indented, so that no line can start a block. */
		buf_addstr(&b, i ? "\n     " : "");
		buf_add(&b, lines->at[i].p, lines->at[i].n);
	}
	md->end_line = number + (int)nr - 1;
	set_span(r, md, lines->at[0]);
	add_inlines(r, md, (struct span){ b.p, b.n });
	add_child(parent, md);
	if (bears_box(parent, md))
		strip_box(md);
	buf_release(&b);
}

/* Looks for a table in a paragraph, which is what cmark takes it for. */
static bool add_markdown_table(const struct reader *r, cmark_node *node,
			       const struct open *stack, size_t depth,
			       struct open *parent)
{
	int first = cmark_node_get_start_line(node);
	int last = cmark_node_get_end_line(node);
	struct spans lines = { 0 }, marks = { 0 };
	size_t quotes = 0, head;
	struct md *table, **tail;

	if (first < 1 || last <= first || (size_t)last > r->nr ||
	    !memchr(r->bytes + r->lines[first - 1].at, '|',
		    r->lines[last].at - r->lines[first - 1].at))
		return false;
	for (size_t i = 0; i < depth; i++)
		quotes += stack[i].md->type == MD_QUOTE;
	paragraph_lines(r, &lines, node, quotes);
	for (head = 0; head + 1 < lines.nr; head++)
		if (is_delimiter(r->a, &marks, lines.at[head],
				 lines.at[head + 1]))
			break;
	if (head + 1 >= lines.nr)
		return false;
	if (head)
		add_lead(r, parent, &lines, head, file_line(r, first));
	table = new_md(r->a, MD_TABLE, file_line(r, first + (int)head));
	table->end_line = file_line(r, last);
	tail = &table->first;
	for (size_t i = head; i < lines.nr; i++) {
		if (i == head + 1)
			continue;
		*tail = new_row(r, &marks, lines.at[i],
				file_line(r, first + (int)i));
		tail = &(*tail)->next;
	}
	add_child(parent, table);
	return true;
}

struct md *md_parse(struct arena *a, const char *bytes, size_t n,
		    int first_line, size_t first_byte, bool *limited)
{
	struct reader r = { a, bytes, n, first_byte, NULL, 0 };
	struct md *doc = new_md(a, MD_DOCUMENT, first_line);
	cmark_node *root;

	cut_lines(&r, first_line);
	*limited = too_hard(bytes, n);
	if (!*limited) {
		root = parse_cmark(bytes, n);
		cmark_consolidate_text_nodes(root);
		*limited = !convert(&r, root, doc);
		cmark_node_free(root);
		doc->end_line = file_line(&r, (int)r.nr);
	}
	if (*limited)
		doc = plain_document(&r, first_line);
	free(r.lines);
	return doc;
}

void md_plain(struct buf *out, const struct md *node)
{
	switch (node->type) {
	case MD_TEXT:
	case MD_CODE_SPAN:
		buf_addstr(out, node->text);
		return;
	case MD_SOFTBREAK:
	case MD_BREAK:
		buf_addch(out, ' ');
		return;
	case MD_INLINE_HTML:
		/* As a line ends in the cell of a table. */
		if (!strncasecmp(node->text, "<br", 3))
			buf_addch(out, ' ');
		return;
	default:
		break;
	}
	for (const struct md *kid = node->first; kid; kid = kid->next) {
		if (kid->type < MD_TEXT && kid != node->first)
			buf_addch(out, ' ');
		md_plain(out, kid);
	}
}

/* --- writing --- */

/* Safe, and on one line: each line end or tab is a blank. */
static void flatten_inline(struct buf *out, const char *s)
{
	struct buf copy = BUF_INIT;

	buf_addstr(&copy, s);
	for (size_t i = 0; i < copy.n; i++)
		if (copy.p[i] == '\r')
			copy.p[i] = ' ';
	text_clean(out, copy.p, copy.n, 0);
	buf_release(&copy);
}

/* Flat, with single spaces, trimmed. */
static void one_line(struct buf *out, const char *s)
{
	struct buf clean = BUF_INIT;
	bool gap = false;

	flatten_inline(&clean, s);
	for (size_t i = 0; i < clean.n; i++) {
		if (clean.p[i] == ' ') {
			gap = out->n > 0;
			continue;
		}
		if (gap)
			buf_addch(out, ' ');
		gap = false;
		buf_addch(out, clean.p[i]);
	}
	buf_release(&clean);
}

/* Whether `p` contains nothing but `set`. */
static bool has_only(const char *p, const char *set)
{
	return p[strspn(p, set)] == '\0';
}

static bool ends_word(char c)
{
	return c == '\0' || c == ' ';
}

/* How many bytes at the start would make a block of the line if the last of
 * them were not escaped; 0 if none. */
static size_t block_start(const char *s)
{
	size_t n;

	if (!*s)
		return 0;
	if (*s == '>' || strncmp(s, "~~~", 3) == 0)
		return 1;
	if ((*s == '-' && has_only(s, "- ")) ||
	    (*s == '=' && has_only(s, "= ")))
		return 1;
	if (strchr("-+", *s) && ends_word(s[1]))
		return 1;
	if (*s == ':' && has_only(s, ":-"))
		return 1;
	n = strspn(s, "#");
	if (n >= 1 && n <= 6 && ends_word(s[n]))
		return 1;
	n = strspn(s, "0123456789");
	if (n >= 1 && n <= 9 && (s[n] == '.' || s[n] == ')') &&
	    ends_word(s[n + 1]))
		return n + 1;
	return 0;
}

/* `&amp;`, `&#42;` */
static bool is_entity(const char *p)
{
	size_t n = 1 + strspn(p + 1, "#abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

	return n > 1 && p[n] == ';';
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) && (unsigned char)c < 0x80;
}

/* Whether the underscore at `i` lies in a run between letters, where it never
 * means emphasis. */
static bool intraword(const char *s, size_t i)
{
	size_t from = i;

	while (from && s[from - 1] == '_')
		from--;
	i += strspn(s + i, "_");
	return from && is_name_char(s[from - 1]) && is_name_char(s[i]);
}

static bool needs_escape(const char *s, size_t i)
{
	const char *p = s + i;

	switch (*p) {
	case '*':
		return !i || s[i - 1] != ' ' || p[1] != ' ';
	case '`':
	case '[':
	case ']':
	case '|':
	case '~':
		return true;
	case '_':
		return !intraword(s, i);
	case '\\':
		return !p[1] || is_punct(p[1]);
	case '<':
		return !p[1] || isalpha((unsigned char)p[1]) ||
		       strchr("/!?", p[1]);
	case '&':
		return is_entity(p);
	case '#': /* a heading drops those at its end */
		return i && s[i - 1] == ' ' && has_only(p, "#");
	default:
		return false;
	}
}

void md_escape(struct buf *out, const char *s)
{
	struct buf line = BUF_INIT;
	size_t start;

	one_line(&line, s);
	start = block_start(line.p);
	for (size_t i = 0; i < line.n; i++) {
		if (i + 1 == start || needs_escape(line.p, i))
			buf_addch(out, '\\');
		buf_addch(out, line.p[i]);
	}
	buf_release(&line);
}

void md_code_span(struct buf *out, const char *s)
{
	struct buf line = BUF_INIT;
	size_t longest = 0;
	bool pad;

	flatten_inline(&line, s);
	for (size_t i = 0; i < line.n; i++) {
		size_t run = strspn(line.p + i, "`");

		longest = run > longest ? run : longest;
		i += run;
	}
	if (line.n) {
		/* CommonMark takes one blank off each end, unless all is
		 * blank. */
		pad = line.p[0] == '`' || line.p[line.n - 1] == '`' ||
		      (line.p[0] == ' ' && line.p[line.n - 1] == ' ' &&
		       !has_only(line.p, " "));
		buf_fill(out, '`', longest + 1);
		buf_addstr(out, pad ? " " : "");
		buf_add(out, line.p, line.n);
		buf_addstr(out, pad ? " " : "");
		buf_fill(out, '`', longest + 1);
	}
	buf_release(&line);
}

const char *md_version(void)
{
	return cmark_version_string();
}
