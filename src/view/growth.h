/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The growth report as Markdown, from which the terminal's and the page are
 * made, and as JSON. Each line ends with what proves it, as code spans in
 * brackets, so that it can be read back and checked.
 */
#ifndef VIEW_GROWTH_H
#define VIEW_GROWTH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "report/growth.h"

/* With a chart of the actions, as Mermaid, where it is asked for. */
void growth_markdown(struct buf *out, struct arena *a,
		     const struct growth *growth, bool chart);

/* {"version":1,"person","since","until","releases":[...],"sections":[{"key",
 * "lines":[{"text","release","retro","commit"}]}]}; null where nothing is
 * known */
void growth_json(struct buf *out, const struct growth *growth);

/* What proves a line of a report. */
struct growth_proof {
	int line;         /* from 1 */
	const char *name; /* "" of an item without proof */
};
struct growth_proofs VEC_OF(struct growth_proof);

/* Those of a report in Markdown, in its order. */
void growth_read(struct growth_proofs *out, struct arena *a, const char *text,
		 size_t n);

#endif
