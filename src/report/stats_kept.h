/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Figures that were counted before. They are those of today as long as no retro,
 * ref or object came, went or changed, the settings are the same, and it is the
 * same day: all of that is in the key that they are kept by.
 */
#ifndef REPORT_STATS_KEPT_H
#define REPORT_STATS_KEPT_H

#include "report/stats.h"

/* As stats_load(), of a corpus that is begun but not surveyed, which it is
 * afterwards only if they had to be counted. Of what a share was made from
 * there may be no more than MEASURE_NAMED, of others nothing, and no values. */
MUST_USE struct err *stats_brief(struct stats *out, struct corpus *corpus,
				 const struct config *config,
				 const struct query *query, enum stats_by by);

#endif
