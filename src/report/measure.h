/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The figures of `stats`, one table: what each counts, and of what. A value
 * keeps what it was made from, so that every figure can be checked.
 */
#ifndef REPORT_MEASURE_H
#define REPORT_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"

/* In the order of the output. */
enum measure {
	MEASURE_RETROS,
	MEASURE_TIME_TO_RETRO,
	MEASURE_PITFALLS,
	MEASURE_CAME_BACK,
	MEASURE_CARRIED,
	MEASURE_STALE,
	MEASURE_ACTIONS,
	MEASURE_DONE,
	MEASURE_DECLINED,
	MEASURE_OPEN,
	MEASURE_OVERDUE,
	MEASURE_EVAPORATED,
	MEASURE_STALLED,
	MEASURE_UNDONE,
	MEASURE_TIME_TO_CLOSE,
	MEASURE_OPEN_AGE,
	MEASURE_TIME_TO_DETECT,
	MEASURE_TIME_TO_MITIGATE,
	MEASURE_TIME_TO_RESOLVE,
	MEASURE_RELEASES,
	MEASURE_LEAD_TIME,
	MEASURE_CHANGE_FAIL,
	MEASURE_RECOVERY,
	MEASURE_REWORK,
	MEASURES,
};

enum measure_type {
	MEASURE_COUNT,  /* how many */
	MEASURE_SHARE,  /* how many of some others */
	MEASURE_SPREAD, /* times: the middle one, and the 90th of 100 */
};

/* Fewer than these say nothing about a share or a spread. */
#define MEASURE_FEW 5

struct measure_row {
	const char *key;   /* in JSON and TSV */
	const char *label; /* for a person */
	enum measure_type type;
	const char *unit; /* of a spread: "days", "seconds" */
};
extern const struct measure_row measure_table[MEASURES];

/* What a figure was made from; either may be NULL. */
struct evidence_of {
	const char *release; /* a tag or a branch */
	const char *retro;   /* an id, "<id>#P1", "<id>#A1" */
};

/* So many are named where figures are shown. */
#define MEASURE_NAMED 3

struct measured {
	size_t n;       /* of a spread, the values that are known */
	size_t of;      /* of a share */
	size_t unknown; /* that could be of them: history is cut off here */
	struct VEC_OF(int64_t) values; /* of a spread */
	int64_t median, p90;           /* of them, once they are settled */
	struct VEC_OF(struct evidence_of) evidence;
};

void measure_count(struct measured *m, struct arena *a,
		   struct evidence_of evidence);
void measure_value(struct measured *m, struct arena *a, int64_t value,
		   struct evidence_of evidence);
/* Once all are there: finds the values at 50 and 90 percent by nearest rank: the
 * smallest that at least so many of 100 do not exceed. */
void measure_settle(struct measured *m);

/* Whether too few are known for a share or a spread to say anything. */
bool measure_is_few(enum measure_type type, const struct measured *m);

#endif
