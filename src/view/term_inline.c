/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/term_inline.h"

#include <string.h>

#include "base/buf.h"
#include "view/markup.h"

static void add_code(struct prose *out, const struct style *style,
		     const char *text, unsigned roles)
{
	struct buf span = BUF_INIT;

	if (style->colour) {
		prose_add(out, roles | PROSE_ROLE(STYLE_CODE), text);
		return;
	}
	md_code_span(&span, text);
	prose_add(out, roles, span.p);
	buf_release(&span);
}

/* A break is one that a table cell can have; a comment is for who edits. */
static void add_html(struct prose *out, const char *text, unsigned roles)
{
	if (markup_is_comment(text))
		return;
	if (markup_is_break(text))
		prose_break(out);
	else
		prose_add(out, roles | PROSE_ROLE(STYLE_DIM), text);
}

static void add_url(struct prose *out, const char *url, unsigned roles)
{
	roles |= PROSE_ROLE(STYLE_DIM);
	prose_add(out, roles, " <");
	prose_add(out, roles, url);
	prose_add(out, roles, ">");
}

/* Whether the text says where the link leads, as in <https://example.com>. */
static bool shows_url(const struct md *link)
{
	struct buf text = BUF_INIT;
	const char *url = link->url;
	bool same;

	md_plain(&text, link);
	if (!strncmp(url, "mailto:", 7) && strncmp(text.p, "mailto:", 7))
		url += 7;
	same = !strcmp(text.p, url);
	buf_release(&text);
	return same;
}

static void add_inline_link(struct prose *out, const struct style *style,
			    const struct md *link, unsigned roles)
{
	term_inline(out, style, link, roles | PROSE_ROLE(STYLE_LINK));
	if (link->url && *link->url && !shows_url(link))
		add_url(out, link->url, roles);
}

static void add_image(struct prose *out, const struct md *image, unsigned roles)
{
	struct buf alt = BUF_INIT;

	md_plain(&alt, image);
	prose_add(out, roles, alt.n ? "[image: " : "[image");
	prose_add(out, roles, alt.p);
	prose_add(out, roles, "]");
	if (image->url && *image->url)
		add_url(out, image->url, roles);
	buf_release(&alt);
}

void term_inline(struct prose *out, const struct style *style,
		 const struct md *md, unsigned roles)
{
	for (md = md->first; md; md = md->next) {
		switch (md->type) {
		case MD_SOFTBREAK:
			prose_soft_break(out);
			break;
		case MD_BREAK:
			prose_break(out);
			break;
		case MD_CODE_SPAN:
			add_code(out, style, md->text, roles);
			break;
		case MD_INLINE_HTML:
			add_html(out, md->text, roles);
			break;
		case MD_EMPH:
			term_inline(out, style, md,
				    roles | PROSE_ROLE(STYLE_EMPH));
			break;
		case MD_STRONG:
			term_inline(out, style, md,
				    roles | PROSE_ROLE(STYLE_STRONG));
			break;
		case MD_LINK:
			add_inline_link(out, style, md, roles);
			break;
		case MD_IMAGE:
			add_image(out, md, roles);
			break;
		default:
			if (md->text)
				prose_add(out, roles, md->text);
			break;
		}
	}
}
