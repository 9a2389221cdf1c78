/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pitfalls for a person: a line each.
 */
#ifndef VIEW_TRAPS_H
#define VIEW_TRAPS_H

#include "base/buf.h"
#include "store/traps.h"
#include "view/style.h"

/* The retro's id (never cut), its releases, its age, how often it came back,
 * and the pitfall; a column that would be empty is left out, and on a terminal
 * the text is cut to the width. */
void traps_put(struct buf *out, const struct style *style,
	       const struct traps *traps);

/* "today", "3 days", "5 weeks", "4 months", "2 years": whole ones, of the
 * largest unit of which there are two; "" for a negative number. */
const char *traps_age(struct arena *a, int days);

#endif
