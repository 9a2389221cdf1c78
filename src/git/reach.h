/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which commits reach which, for many at once: one pass over history answers a
 * few hundred questions, where git walks once for each.
 */
#ifndef GIT_REACH_H
#define GIT_REACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "git/history.h"

struct commit_set {
	const uint32_t *at; /* numbers in a history */
	size_t nr;
};

/* A table: row i stands for a commit that reaches, column j for one that is
 * reached. */
struct reach {
	size_t words; /* of a row */
	uint64_t *bits;
};

/* Whether each of `from` is or descends from each of `to`. In the arena.
 * HISTORY_NONE reaches nothing and is reached by nothing. */
void reach_fill(struct reach *out, struct arena *a, struct history *history,
		struct commit_set from, struct commit_set to);
bool reach_has(const struct reach *reach, size_t row, size_t column);

/* cut[i]: whether `from[i]` reaches a commit whose parents are not here. */
void reach_cut(bool *cut, struct history *history, struct commit_set from);

/* The commits that lie between: those that a line of `from` reaches and a
 * commit of `to`, which that line does not reach, does not either. `reach` is
 * the table of both. One byte for each commit of the history, not 0 if it is
 * one of them; to be freed. */
uint8_t *reach_between(struct history *history, struct commit_set from,
		       struct commit_set to, const struct reach *reach);

#endif
