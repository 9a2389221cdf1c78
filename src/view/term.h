/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Retros and diagnostics for a person at a terminal. Everything that comes
 * from a file is cleaned of control characters on its way.
 */
#ifndef VIEW_TERM_H
#define VIEW_TERM_H

#include "base/buf.h"
#include "corpus/corpus.h"
#include "model/body.h"
#include "model/diag.h"
#include "model/retro.h"
#include "view/style.h"

/* A line a retro, columns aligned: id (never cut: it is what one types next),
 * date unless the id starts with it, status, severity, releases, the branches
 * it must be looked for on (if `where` is the corpus of every branch that they
 * are of; NULL is allowed), title. A column that would be empty is left out;
 * on a terminal the title is cut to the width, but to no less than 20
 * columns. */
void term_list(struct buf *out, const struct style *style,
	       const struct retros *retros, const struct corpus *where);

/* Title, front matter as a header, its links (text that is laid out, or ""),
 * then the body (body_read() gives it), without its heading if that is the
 * title again. */
void term_show(struct buf *out, const struct style *style,
	       const struct retro *retro, const struct body *body,
	       const char *links);

/* Title and body, as one of several. */
void term_excerpt(struct buf *out, const struct style *style,
		  const struct retro *retro, const struct body *body);

/* Markdown at the style's width: wrapped (at 100 columns at most), lists hung,
 * code left as it is, quotes barred, pipe tables aligned and their cells
 * wrapped when the table is wider than the terminal. Comments are left out. A
 * word that is too long for a line, such as a URL, sticks out of it. */
void term_markdown(struct buf *out, const struct style *style,
		   const struct md *doc);

/* `file:line:column: level: rule: text` and the way out, a line each. Of each
 * kind in a file the first ten and how many more, or `all`. */
void term_diags(struct buf *out, const struct style *style,
		const struct diags *diags, bool all);

#endif
