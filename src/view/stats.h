/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The figures of `stats`, in all and by group: for a terminal, as Markdown and
 * for programs. Where too few are known for a share or a spread, people are
 * told so instead of a number; programs get the number, and "few".
 */
#ifndef VIEW_STATS_H
#define VIEW_STATS_H

#include "base/arena.h"
#include "base/buf.h"
#include "report/stats.h"
#include "view/style.h"

void stats_text(struct buf *out, const struct style *style, struct arena *a,
		const struct stats *stats);

/* Two pipe tables: what the terminal shows, whole. */
void stats_markdown(struct buf *out, struct arena *a,
		    const struct stats *stats);

/* {"version":1,"by","first","last","cut","total":{<measure>:...},
 * "groups":[{"name",<measure>:...}]}; a measure is {"n","evidence"}, with "of"
 * and "percent" of a share, and "median", "p90" and "unit" of a spread; "few"
 * where too few are known, "unknown" where history is cut off. Evidence is
 * [{"release","retro"}]. What was not looked at is null. */
void stats_json(struct buf *out, const struct stats *stats);

/* A line a group ("all" in front) and measure: group, measure, n, of, median,
 * p90, unit. */
void stats_tsv(struct buf *out, const struct stats *stats);

#endif
