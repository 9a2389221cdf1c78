/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/measure.h"

#include <stdlib.h>

#include "base/i18n.h"

/* One row a line. */
/* clang-format off */
const struct measure_row measure_table[MEASURES] = {
	[MEASURE_RETROS] = { "retros", N_("retros"), MEASURE_COUNT, NULL },
	[MEASURE_TIME_TO_RETRO] = { "time-to-retro", N_("time to the retro"), MEASURE_SPREAD, "days" },
	[MEASURE_PITFALLS] = { "pitfalls", N_("pitfalls"), MEASURE_COUNT, NULL },
	[MEASURE_CAME_BACK] = { "came-back", N_("came back"), MEASURE_SHARE, NULL },
	[MEASURE_CARRIED] = { "carried", N_("still carried"), MEASURE_SHARE, NULL },
	[MEASURE_STALE] = { "stale", N_("code all replaced"), MEASURE_SHARE, NULL },
	[MEASURE_ACTIONS] = { "actions", N_("actions"), MEASURE_COUNT, NULL },
	[MEASURE_DONE] = { "done", N_("done"), MEASURE_SHARE, NULL },
	[MEASURE_DECLINED] = { "declined", N_("declined"), MEASURE_SHARE, NULL },
	[MEASURE_OPEN] = { "open", N_("open"), MEASURE_SHARE, NULL },
	[MEASURE_OVERDUE] = { "overdue", N_("overdue"), MEASURE_SHARE, NULL },
	[MEASURE_EVAPORATED] = { "evaporated", N_("evaporated"), MEASURE_SHARE, NULL },
	[MEASURE_STALLED] = { "stalled", N_("open, files untouched"), MEASURE_SHARE, NULL },
	[MEASURE_UNDONE] = { "undone", N_("done, not in effect"), MEASURE_SHARE, NULL },
	[MEASURE_TIME_TO_CLOSE] = { "time-to-close", N_("time to close"), MEASURE_SPREAD, "days" },
	[MEASURE_OPEN_AGE] = { "open-age", N_("age of open ones"), MEASURE_SPREAD, "days" },
	[MEASURE_TIME_TO_DETECT] = { "time-to-detect", N_("time to detect"), MEASURE_SPREAD, "seconds" },
	[MEASURE_TIME_TO_MITIGATE] = { "time-to-mitigate", N_("time to mitigate"), MEASURE_SPREAD, "seconds" },
	[MEASURE_TIME_TO_RESOLVE] = { "time-to-resolve", N_("time to resolve"), MEASURE_SPREAD, "seconds" },
	[MEASURE_RELEASES] = { "releases", N_("releases"), MEASURE_COUNT, NULL },
	[MEASURE_LEAD_TIME] = { "lead-time", N_("lead time"), MEASURE_SPREAD, "seconds" },
	[MEASURE_CHANGE_FAIL] = { "change-fail", N_("releases with a fault"), MEASURE_SHARE, NULL },
	[MEASURE_RECOVERY] = { "recovery", N_("time to recover"), MEASURE_SPREAD, "seconds" },
	[MEASURE_REWORK] = { "rework", N_("releases made to repair"), MEASURE_SHARE, NULL },
};
/* clang-format on */

static void add_measure_evidence(struct measured *m, struct arena *a,
				 struct evidence_of evidence)
{
	if (evidence.release || evidence.retro)
		vec_push(a, &m->evidence, evidence);
}

void measure_count(struct measured *m, struct arena *a,
		   struct evidence_of evidence)
{
	m->n++;
	add_measure_evidence(m, a, evidence);
}

void measure_value(struct measured *m, struct arena *a, int64_t value,
		   struct evidence_of evidence)
{
	vec_push(a, &m->values, value);
	measure_count(m, a, evidence);
}

static int by_measured_value(const void *a, const void *b)
{
	const int64_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

static int64_t value_at_rank(const struct measured *m, size_t percent)
{
	return m->values.at[(m->values.nr * percent + 99) / 100 - 1];
}

void measure_settle(struct measured *m)
{
	if (!m->values.nr)
		return;
	qsort(m->values.at, m->values.nr, sizeof(*m->values.at),
	      by_measured_value);
	m->median = value_at_rank(m, 50);
	m->p90 = value_at_rank(m, 90);
}

bool measure_is_few(enum measure_type type, const struct measured *m)
{
	switch (type) {
	case MEASURE_COUNT:
		return false;
	case MEASURE_SHARE:
		return m->of < MEASURE_FEW;
	case MEASURE_SPREAD:
		return m->n < MEASURE_FEW;
	}
	return false;
}
