/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a search found, for a person: each retro as `list` has it, and under it
 * the line that shows why, with what was sought marked.
 */
#ifndef VIEW_RESULTS_H
#define VIEW_RESULTS_H

#include "base/buf.h"
#include "search/search.h"
#include "view/style.h"

/* Without colour a mark is in [brackets]. */
void results_put(struct buf *out, const struct style *style,
		 const struct results *results);

#endif
