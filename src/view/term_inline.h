/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inlines of a Markdown block as prose for a terminal. Without colour a
 * code span keeps its backticks, so that it can still be told from the text.
 */
#ifndef VIEW_TERM_INLINE_H
#define VIEW_TERM_INLINE_H

#include "model/markdown.h"
#include "view/prose.h"
#include "view/style.h"

/* Appends the children of `md`, which also get `roles`. */
void term_inline(struct prose *out, const struct style *style,
		 const struct md *md, unsigned roles);

#endif
