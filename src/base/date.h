/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Days and moments. A day is counted from 1970-01-01 in the proleptic
 * Gregorian calendar; a moment is seconds since the epoch with the zone of
 * the person who wrote it, in minutes east of UTC. A moment outside the years
 * 0001 to 9999 (a commit can claim one) is shown as the nearest inside.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct moment {
	int64_t seconds;
	int zone; /* minutes east of UTC */
};

/* DAY_NONE is not a day. */
#define DAY_NONE INT32_MIN

/* A day, a month or a quarter, from its first day to its last; for a day both
 * are the same. */
struct days {
	int32_t first, last;
};

/* Reads a date at the start of `s` and returns its bytes, 0 if there is none or
 * one that does not exist (2026-02-30): 2026-11-24, 2026/11/24, 2026.11.24,
 * 20261124, 2026年11月24日, May 6th, 2024, 6 May 2024; a month: 2026-11,
 * 2026年11月, May 2024; a quarter: 2026-Q2, 2026年第二季度. Digits and marks of
 * full width are as those of half width. 05/06/2024 is none: nobody can say
 * which it is. */
size_t days_parse(struct days *out, const char *s);

/* The first day of what days_parse() reads; a time of day may follow and is
 * left alone. */
bool day_parse(int32_t *day, const char *s);
/* "2026-11-24" */
MUST_USE char *day_format(struct arena *a, int32_t day);
/* `days` working days (Monday to Friday) after `day`; 0 gives `day`. */
int32_t day_add_working(int32_t day, int days);
int32_t day_of(struct moment m); /* in its own zone */

/* How much of a moment is written. Without a zone it is read as UTC, and a bare
 * day is its midnight. */
enum moment_part { MOMENT_DAY, MOMENT_ZONELESS, MOMENT_WHOLE };

/* Reads RFC 3339, also with a space for the T, without seconds, without a
 * zone, and with a zone as "Z", "+08:00", "+0800", "+08", " -0700 MST" or
 * " UTC"; the day as day_parse() has it. Nothing else may stand before or
 * after it. `part` may be NULL. */
bool moment_parse(struct moment *m, enum moment_part *part, const char *s);
/* A moment that was read without a zone, in this one, or in the local one. */
struct moment moment_in_zone(struct moment m, int zone);
struct moment moment_in_local_zone(struct moment m);
/* "2026-11-24T01:48:00+08:00" */
MUST_USE char *moment_rfc3339(struct arena *a, struct moment m);
/* "2026-11-24 01:48 +0800" */
MUST_USE char *moment_human(struct arena *a, struct moment m);

/* Now, in the local zone. SOURCE_DATE_EPOCH (seconds), if set, is used instead
 * of the clock, as reproducible-builds.org defines it: what we write into
 * files is then the same every time. One that is no such number is ignored. */
struct moment moment_now(void);
/* Its day in UTC. */
int32_t day_now(void);

#endif
