/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Retros as one HTML page that stands alone: no script, nothing loaded but the
 * images that a text shows. All text is escaped, raw HTML of a document stands
 * there as written, and a link or image is one only if its address is relative
 * or http, https or mailto.
 */
#ifndef VIEW_HTML_H
#define VIEW_HTML_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/markdown.h"
#include "model/retro.h"

/* An article each: title, front matter, body (retro->body, which must be
 * there) without its heading if that is the title again. */
void html_page(struct buf *out, const struct retros *retros);

/* How the addresses of a text are written. */
struct html_links {
	/* The address in the place of `url`, in the arena; NULL for none: then
	 * only the text stands there. */
	const char *(*to)(void *data, struct arena *a, const char *url);
	void *data;
	bool no_images; /* only what stands for them, as a link */
};

/* Escaped for text and attributes, and cleaned. */
void html_text(struct buf *out, const char *s);
/* Whether an address is relative, or http, https or mailto. */
bool html_is_safe(const char *url);
/* Blocks from the first one on. `links` NULL: as they are written. */
void html_blocks(struct buf *out, struct arena *a, const struct md *first,
		 const struct html_links *links);

/* A document of ours under a title. `language` as HTML has it ("en",
 * "zh-Hans"). */
void html_document(struct buf *out, const char *title, const char *language,
		   const struct md *doc);

#endif
