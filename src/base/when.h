/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Days as a person asks for them: all that days_parse() reads, and how long
 * ago it was, as git has it.
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include "base/date.h"

/* Reads the whole of `s`: a day (a time of day after it is ignored), a month, a
 * quarter or a year; "today", "yesterday", "2 weeks ago", "2.weeks.ago",
 * "3 天前", "last month" (a month ago), counted from `today`. */
bool when_parse(struct days *out, const char *s, int32_t today);

#endif
