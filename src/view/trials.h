/* SPDX-License-Identifier: GPL-2.0-only */
/* What was tried, as a list. */
#ifndef VIEW_TRIALS_H
#define VIEW_TRIALS_H

#include "base/buf.h"
#include "report/trials.h"
#include "view/style.h"

/* A line each: the retro, whether it was kept, what was tried and what it
 * did. */
void trials_text(struct buf *out, const struct style *style,
		 const struct listed_trials *trials);

/* {"version":1,"trials":[{"retro","path","line","date","tried","effect",
 * "kept":"kept|dropped|unknown","paths":[]}]} */
void trials_json(struct buf *out, struct arena *a,
		 const struct listed_trials *trials);

#endif
