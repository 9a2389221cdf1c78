/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commits that seem to belong to a retro, for a person and for programs.
 */
#ifndef VIEW_SUGGEST_H
#define VIEW_SUGGEST_H

#include "base/buf.h"
#include "report/suggest.h"
#include "view/object.h"
#include "view/style.h"

/* A line each: the role, the commit, its share, subject, author and day, why;
 * and how to link it. */
void suggest_list(struct buf *out, const struct style *style,
		  const struct suggestions *suggestions);

/* {"version":1,"suggestions":[{"retro","role","commit","why","of","lines",
 * "total"}]} */
void suggest_json(struct buf *out, const struct suggestions *suggestions);
/* The array alone; the caller owns it. */
json_t *suggest_array(const struct suggestions *suggestions);

#endif
