/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A metric's step from before to after, where both are numbers.
 */
#ifndef MODEL_METRIC_H
#define MODEL_METRIC_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/retro.h"

/* Whether it is a number, as "84.0", "81.2%" and "NaN" are. */
bool metric_is_number(const char *text);

/* "+0.02", with as many decimals as the more exact side has; "" if one of them
 * is no number. */
const char *metric_change(struct arena *a, const struct metric *metric);

/* "+2.2 %"; "" if there is none, or it was 0 before. */
const char *metric_percent(struct arena *a, const struct metric *metric);

/* 1 if it became better, -1 if worse, 0 if neither, or nobody says which. */
int metric_verdict(const struct metric *metric);

/* "higher" or "lower", where the name alone says what is better (accuracy,
 * loss, latency_ms); NULL. */
const char *metric_better(const char *name);
/* "ms", "%": where the end of the name says it; NULL. */
const char *metric_unit(const char *name);

#endif
