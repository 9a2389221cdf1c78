/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Retros as one HTML page that stands alone: no script, nothing loaded but the
 * images that a text shows. All text is escaped, raw HTML of a document stands
 * there as written, and a link or image is one only if its address is relative
 * or http, https or mailto.
 */
#ifndef VIEW_HTML_H
#define VIEW_HTML_H

#include "base/buf.h"
#include "model/markdown.h"
#include "model/retro.h"

/* An article each: title, front matter, body (retro->body, which must be
 * there) without its heading if that is the title again. */
void html_page(struct buf *out, const struct retros *retros);

/* A document of ours under a title. `language` as HTML has it ("en",
 * "zh-Hans"). */
void html_document(struct buf *out, const char *title, const char *language,
		   const struct md *doc);

#endif
