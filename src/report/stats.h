/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a team's retros say when they are counted: by quarter, release, kind,
 * label or path, and in all. Figures are report/measure.h's. Nobody is counted
 * by name. Days of tags are those of the local zone, as in `status`.
 */
#ifndef REPORT_STATS_H
#define REPORT_STATS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "corpus/corpus.h"
#include "corpus/query.h"
#include "git/config.h"
#include "report/measure.h"

enum stats_by {
	BY_QUARTER,
	BY_MONTH,
	BY_YEAR,
	BY_RELEASE,
	BY_KIND,
	BY_LABEL,
	BY_PATH
};
extern const char *const stats_by_names[]; /* "quarter", ...; ends with NULL */

struct stats_group {
	const char *name; /* "2026-Q4", a tag, a label; "none" */
	int64_t order;
	struct measured at[MEASURES];
};
struct stats_groups VEC_OF(struct stats_group);

struct stats {
	enum stats_by by;
	struct stats_groups groups; /* periods and releases oldest first, others
				     * with the most retros first */
	struct stats_group total;   /* one that is in two groups counts once */
	int32_t first, last;        /* day of the oldest and newest retro or
				   * release; DAY_NONE if there is none */
	bool delivery; /* releases and what follows in the table were looked
			* at: no filter keeps only some retros */
	bool cut;      /* history is cut off here (a shallow clone) */
};

/* Those that the query keeps, but for waivers and what is superseded; of
 * releases, those tagged in its time. The corpus is surveyed, and filtered. */
MUST_USE struct err *stats_load(struct stats *out, struct corpus *corpus,
				const struct config *config,
				const struct query *query, enum stats_by by);

#endif
