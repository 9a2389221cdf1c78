/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pitfalls for a person: a line each.
 */
#ifndef VIEW_PITFALLS_H
#define VIEW_PITFALLS_H

#include "base/buf.h"
#include "report/pitfalls.h"
#include "view/style.h"

/* The retro's id (never cut), its releases, its age, how often it came back,
 * and the pitfall; a column that would be empty is left out, and on a terminal
 * the text is cut to the width. */
void pitfalls_put(struct buf *out, const struct style *style,
		  const struct listed_pitfalls *pitfalls);

/* "today", "3 days", "5 weeks", "4 months", "2 years": whole ones, of the
 * largest unit of which there are two; "" for a negative number. */
const char *pitfalls_age(struct arena *a, int days);

#endif
