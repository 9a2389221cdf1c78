/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "base/text.h"
#include "model/body.h"
#include "model/pitfall.h"
#include "site/internal.h"
#include "view/header.h"

/* A string for a script that may stand in a page: nothing that ends it there. */
static void put_string(struct buf *out, const char *text, size_t n)
{
	struct buf clean = BUF_INIT;

	text_clean(&clean, text, n, 0);
	buf_addch(out, '"');
	for (size_t i = 0; i < clean.n; i++) {
		char c = clean.p[i];

		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else if (strchr("<>&'", c))
			buf_addf(out, "\\u%04x", c);
		else
			buf_addch(out, c);
	}
	buf_addch(out, '"');
	buf_release(&clean);
}

static void put_folded(struct buf *out, struct arena *a, const char *text,
		       size_t n)
{
	const char *plain = text_fold(a, text, n);

	put_string(out, plain, strlen(plain));
}

void site_plain(struct buf *out, const struct md *md)
{
	bool inlines = md->type == MD_PARAGRAPH || md->type == MD_HEADING ||
		       md->type == MD_CELL;

	if (inlines)
		md_plain(out, md);
	else if (md->type == MD_CODE && md->text)
		buf_addstr(out, md->text);
	for (const struct md *below = md->first; !inlines && below;
	     below = below->next)
		site_plain(out, below);
	buf_addch(out, ' ');
}

void site_data_begin(struct buf *out)
{
	buf_addstr(out, "var retros=[\n");
}

/* [address, title, day, pitfalls, text]: texts folded as they are searched. */
void site_data_add(struct buf *out, const struct site_maker *maker,
		   struct arena *a, const struct retro *retro)
{
	const char *href = site_retro_href(maker, a, retro);
	struct header_lines lines = { 0 };
	struct buf pitfalls = BUF_INIT, text = BUF_INIT;

	for (size_t i = 0; i < retro->body->pitfalls.nr; i++)
		buf_addf(&pitfalls, "%s\n", retro->body->pitfalls.at[i].text);
	for (const struct md *md = retro->body->doc->first; md; md = md->next)
		if (md->type != MD_HEADING && md->type != MD_HTML) {
			site_plain(&text, md);
			buf_addch(&text, '\n');
		}
	header_read(&lines, a, retro);
	for (size_t i = 0; i < lines.nr; i++)
		buf_addf(&text, "%s\n", lines.at[i].value);
	buf_addch(out, '[');
	put_string(out, href, strlen(href));
	buf_addch(out, ',');
	put_folded(out, a, retro->title, strlen(retro->title));
	buf_addch(out, ',');
	put_folded(out, a, pitfalls.p, pitfalls.n);
	buf_addch(out, ',');
	put_folded(out, a, text.p, text.n);
	buf_addstr(out, "],\n");
	buf_release(&pitfalls);
	buf_release(&text);
}

void site_data_end(struct buf *out)
{
	buf_addstr(out, "];\n");
}
