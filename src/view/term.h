/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Retros and diagnostics for a person at a terminal. Everything that comes
 * from a file is cleaned of control characters on its way.
 */
#ifndef VIEW_TERM_H
#define VIEW_TERM_H

#include "base/buf.h"
#include "model/body.h"
#include "model/diag.h"
#include "model/retro.h"
#include "view/style.h"

/* A table: date, status, releases, title and id, columns aligned, the title
 * cut to the width. Nothing for no retros. */
void term_list(struct buf *out, const struct style *style,
	       const struct retros *retros);

/* The front matter as a header, then the body. */
void term_show(struct buf *out, const struct style *style,
	       const struct retro *retro, const struct body *body);

/* Markdown at the style's width: wrapped, lists hung, code left as it is,
 * quotes barred, pipe tables aligned and their cells wrapped when the table is
 * wider than the terminal. */
void term_markdown(struct buf *out, const struct style *style,
		   const struct md *doc);

/* `file:line:column: level: rule: text` and the way out, a line each. */
void term_diags(struct buf *out, const struct style *style,
		const struct diags *diags);

#endif
