/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/html.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/body.h"
#include "view/header.h"
#include "view/markup.h"

static const char head[] =
	"<head>\n"
	"<meta charset=\"utf-8\">\n"
	/* Should anything of a document ever pass, it still runs nothing. */
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
	"'none'; style-src 'unsafe-inline'; img-src 'self' http: https:\">\n"
	"<meta name=\"viewport\" content=\"width=device-width\">\n";

static const char style[] =
	"<style>\n"
	"body{max-width:50em;margin:2em auto;padding:0 1em;"
	"font:1em/1.5 sans-serif}\n"
	"dl{display:grid;grid-template-columns:max-content auto;"
	"gap:0 1em;color:#555}\n"
	"dd{margin:0;overflow-wrap:anywhere}\n"
	"table{border-collapse:collapse}\n"
	"th,td{border:1px solid #bbb;padding:.2em .6em}\n"
	"pre{overflow-x:auto;background:#f4f4f4;padding:.6em}\n"
	"blockquote{border-left:3px solid #bbb;margin-left:0;padding-left:1em}"
	"\n"
	"img{max-width:100%}\n"
	".left{text-align:left}.center{text-align:center}"
	".right{text-align:right}\n"
	".box,.raw{font-family:monospace}\n"
	".raw{color:#777;white-space:pre-wrap}\n"
	"</style>\n";

/* --- text --- */

void html_text(struct buf *out, const char *s)
{
	struct buf clean = BUF_INIT;

	text_clean(&clean, s, strlen(s), TEXT_KEEP_LINES);
	for (size_t i = 0; i < clean.n; i++) {
		switch (clean.p[i]) {
		case '&':
			buf_addstr(out, "&amp;");
			break;
		case '<':
			buf_addstr(out, "&lt;");
			break;
		case '>':
			buf_addstr(out, "&gt;");
			break;
		case '"':
			buf_addstr(out, "&quot;");
			break;
		case '\'':
			buf_addstr(out, "&#39;");
			break;
		default:
			buf_addch(out, clean.p[i]);
		}
	}
	buf_release(&clean);
}

/* Browsers drop control characters and spaces from an address before they
 * look for its scheme. */
bool html_is_safe(const char *url)
{
	static const char *const schemes[] = { "http", "https", "mailto" };
	char scheme[8];
	size_t n = 0;

	for (; *url && !strchr("/?#:", *url); url++) {
		if ((unsigned char)*url <= ' ' || *url == 0x7f)
			continue;
		if (n < sizeof(scheme) - 1)
			scheme[n++] = *url;
	}
	scheme[n] = '\0';
	if (*url != ':')
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++)
		if (!strcasecmp(scheme, schemes[i]))
			return true;
	return false;
}

static void put_attribute(struct buf *out, const char *name, const char *value)
{
	buf_addf(out, " %s=\"", name);
	html_text(out, value);
	buf_addch(out, '"');
}

/* --- inlines --- */

struct page {
	struct buf *out;
	struct arena *arena;
	const struct html_links *links; /* or NULL */
};

static void put_html_inlines(struct page *page, const struct md *md);

/* Where a link or an image leads; NULL: nowhere. */
static const char *address(struct page *page, const struct md *md)
{
	const char *url = md->url;

	if (url && *url && page->links && page->links->to)
		url = page->links->to(page->links->data, page->arena, url);
	return url && *url && html_is_safe(url) ? url : NULL;
}

static void put_image(struct page *page, const struct md *md)
{
	const char *url = address(page, md);
	bool shown = url && !(page->links && page->links->no_images);
	struct buf alt = BUF_INIT;

	md_plain(&alt, md);
	if (shown) {
		buf_addstr(page->out, "<img");
		put_attribute(page->out, "src", url);
		put_attribute(page->out, "alt", alt.p);
		buf_addch(page->out, '>');
	} else if (url) {
		buf_addstr(page->out, "<a");
		put_attribute(page->out, "href", url);
		buf_addch(page->out, '>');
		html_text(page->out, alt.n ? alt.p : md->url);
		buf_addstr(page->out, "</a>");
	} else {
		html_text(page->out, alt.p);
	}
	buf_release(&alt);
}

static void put_link(struct page *page, const struct md *md)
{
	const char *url = address(page, md);

	if (url) {
		buf_addstr(page->out, "<a");
		put_attribute(page->out, "href", url);
		if (md->title && *md->title)
			put_attribute(page->out, "title", md->title);
		buf_addch(page->out, '>');
	}
	put_html_inlines(page, md);
	if (url)
		buf_addstr(page->out, "</a>");
}

static void put_raw(struct buf *out, const char *html)
{
	buf_addstr(out, "<span class=\"raw\">");
	html_text(out, html);
	buf_addstr(out, "</span>");
}

static void put_inside(struct page *page, const char *tag, const struct md *md)
{
	buf_addf(page->out, "<%s>", tag);
	put_html_inlines(page, md);
	buf_addf(page->out, "</%s>", tag);
}

static void put_inline(struct page *page, const struct md *md)
{
	struct buf *out = page->out;

	switch (md->type) {
	case MD_SOFTBREAK:
		buf_addch(out, '\n');
		break;
	case MD_BREAK:
		buf_addstr(out, "<br>\n");
		break;
	case MD_CODE_SPAN:
		buf_addstr(out, "<code>");
		html_text(out, md->text);
		buf_addstr(out, "</code>");
		break;
	case MD_INLINE_HTML:
		if (markup_is_break(md->text))
			buf_addstr(out, "<br>\n");
		else if (!markup_is_comment(md->text))
			put_raw(out, md->text);
		break;
	case MD_EMPH:
		put_inside(page, "em", md);
		break;
	case MD_STRONG:
		put_inside(page, "strong", md);
		break;
	case MD_LINK:
		put_link(page, md);
		break;
	case MD_IMAGE:
		put_image(page, md);
		break;
	default:
		if (md->text)
			html_text(out, md->text);
	}
}

static void put_html_inlines(struct page *page, const struct md *md)
{
	for (md = md->first; md; md = md->next)
		put_inline(page, md);
}

/* --- blocks --- */

static void put_html_blocks(struct page *page, const struct md *md, bool tight);

static void put_html_item(struct page *page, const struct md *item, bool tight)
{
	static const char *const boxes[] = {
		[MD_BOX_NONE] = NULL,
		[MD_BOX_OPEN] = "[ ]",
		[MD_BOX_DONE] = "[x]",
		[MD_BOX_DECLINED] = "[-]",
	};
	const char *box = boxes[item->box];

	buf_addstr(page->out, "<li>");
	if (box)
		buf_addf(page->out, "<span class=\"box\">%s</span> ", box);
	put_html_blocks(page, item->first, tight);
	buf_addstr(page->out, "</li>\n");
}

static void put_html_list(struct page *page, const struct md *list)
{
	const char *tag = list->ordered ? "ol" : "ul";

	buf_addf(page->out, "<%s", tag);
	if (list->ordered && list->level != 1)
		buf_addf(page->out, " start=\"%d\"", list->level);
	buf_addstr(page->out, ">\n");
	for (const struct md *item = list->first; item; item = item->next)
		put_html_item(page, item, list->tight);
	buf_addf(page->out, "</%s>\n", tag);
}

static void put_html_cell(struct page *page, const char *tag,
			  const struct md *cell)
{
	struct buf *out = page->out;
	static const char *const aligns[] = {
		[MD_ALIGN_NONE] = NULL,
		[MD_ALIGN_LEFT] = "left",
		[MD_ALIGN_CENTRE] = "center",
		[MD_ALIGN_RIGHT] = "right",
	};

	buf_addf(out, "<%s", tag);
	if (aligns[cell->align])
		buf_addf(out, " class=\"%s\"", aligns[cell->align]);
	buf_addch(out, '>');
	put_html_inlines(page, cell);
	buf_addf(out, "</%s>", tag);
}

static void put_html_table(struct page *page, const struct md *table)
{
	struct buf *out = page->out;

	buf_addstr(out, "<table>\n");
	for (const struct md *row = table->first; row; row = row->next) {
		const char *tag = row == table->first ? "th" : "td";

		buf_addstr(out, "<tr>");
		for (const struct md *cell = row->first; cell;
		     cell = cell->next)
			put_html_cell(page, tag, cell);
		buf_addstr(out, "</tr>\n");
	}
	buf_addstr(out, "</table>\n");
}

static void put_html_block(struct page *page, const struct md *md, bool tight)
{
	struct buf *out = page->out;
	const char *html;

	switch (md->type) {
	case MD_HEADING:
		buf_addf(out, "<h%d>", md->level);
		put_html_inlines(page, md);
		buf_addf(out, "</h%d>\n", md->level);
		break;
	case MD_QUOTE:
		buf_addstr(out, "<blockquote>\n");
		put_html_blocks(page, md->first, false);
		buf_addstr(out, "</blockquote>\n");
		break;
	case MD_LIST:
		put_html_list(page, md);
		break;
	case MD_CODE:
		buf_addstr(out, "<pre><code>");
		html_text(out, md->text);
		buf_addstr(out, "</code></pre>\n");
		break;
	case MD_HTML:
		html = markup_visible(page->arena, md->text);
		if (html) {
			buf_addstr(out, "<p>");
			put_raw(out, html);
			buf_addstr(out, "</p>\n");
		}
		break;
	case MD_RULE:
		buf_addstr(out, "<hr>\n");
		break;
	case MD_TABLE:
		put_html_table(page, md);
		break;
	default:
		buf_addstr(out, tight ? "" : "<p>");
		put_html_inlines(page, md);
		buf_addstr(out, tight ? "" : "</p>\n");
	}
}

/* In a tight list a paragraph is the item's text itself. */
static void put_html_blocks(struct page *page, const struct md *md, bool tight)
{
	for (; md; md = md->next) {
		put_html_block(page, md, tight);
		if (tight && md->type == MD_PARAGRAPH && md->next)
			buf_addch(page->out, '\n');
	}
}

/* --- the page --- */

static void put_html_header(struct page *page, const struct retro *retro)
{
	struct header_lines lines = { 0 };

	buf_addstr(page->out, "<h1>");
	html_text(page->out, retro->title);
	buf_addstr(page->out, "</h1>\n<dl>\n");
	header_read(&lines, page->arena, retro);
	for (size_t i = 0; i < lines.nr; i++) {
		buf_addstr(page->out, "<dt>");
		html_text(page->out, lines.at[i].key);
		buf_addstr(page->out, "</dt><dd>");
		html_text(page->out, lines.at[i].value);
		buf_addstr(page->out, "</dd>\n");
	}
	buf_addstr(page->out, "</dl>\n");
}

static void put_article(struct page *page, const struct retro *retro)
{
	const struct md *first = retro->body->doc->first;

	buf_addstr(page->out, "<article>\n");
	put_html_header(page, retro);
	if (header_has_title(retro, retro->body->doc))
		first = first->next;
	put_html_blocks(page, first, false);
	buf_addstr(page->out, "</article>\n");
}

void html_page(struct buf *out, const struct retros *retros)
{
	struct arena arena = ARENA_INIT;
	struct page page = { out, &arena, NULL };

	buf_addf(out, "<!DOCTYPE html>\n<html>\n%s<title>", head);
	for (size_t i = 0; i < retros->nr; i++) {
		buf_addstr(out, i ? ", " : "");
		html_text(out, retros->at[i]->title);
	}
	buf_addf(out, "</title>\n%s</head>\n<body>\n", style);
	for (size_t i = 0; i < retros->nr; i++)
		put_article(&page, retros->at[i]);
	buf_addstr(out, "</body>\n</html>\n");
	arena_release(&arena);
}

void html_document(struct buf *out, const char *title, const char *language,
		   const struct md *doc)
{
	struct arena arena = ARENA_INIT;
	struct page page = { out, &arena, NULL };

	buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n%s<title>",
		 language, head);
	html_text(out, title);
	buf_addf(out, "</title>\n%s</head>\n<body>\n", style);
	put_html_blocks(&page, doc->first, false);
	buf_addstr(out, "</body>\n</html>\n");
	arena_release(&arena);
}

void html_blocks(struct buf *out, struct arena *a, const struct md *first,
		 const struct html_links *links)
{
	struct page page = { out, a, links };

	put_html_blocks(&page, first, false);
}
