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
#include "base/vec.h"
#include "git/graph.h"

/* Commits, as numbers in a history. */
struct commit_set {
	const uint32_t *at;
	size_t nr;
};

/* A commit that is asked for, and the column that answers for it: several may
 * share one, which then says whether any of them is reached. */
struct sought {
	uint32_t commit;
	uint32_t column;
};

/* A table of bits: a row for each commit that reaches, a column for what is
 * reached. */
struct reach {
	size_t words; /* of a row */
	uint64_t *bits;
};

/* The columns that each of `from` reaches, itself included. In the arena.
 * GRAPH_NONE reaches nothing and is reached by nothing. */
void reach_fill(struct reach *out, struct arena *a, const struct graph *graph,
		struct commit_set from, const struct sought *sought, size_t nr,
		size_t columns);
/* The same with a column for each of `to`. */
void reach_each(struct reach *out, struct arena *a, const struct graph *graph,
		struct commit_set from, struct commit_set to);
bool reach_has(const struct reach *reach, size_t row, size_t column);

/* cut[i]: whether `from[i]` reaches a commit whose parents are not here. */
void reach_cut(bool *cut, const struct graph *graph, struct commit_set from);

/* Whether `to` is `from` or in its history. Costs what lies between them. */
bool reach_one(const struct graph *graph, uint32_t from, uint32_t to);

struct commit_numbers VEC_OF(uint32_t);

/* Appends the commits that `to` reaches and `from` does not (GRAPH_NONE: all that
 * it reaches), children before their parents. Costs what was numbered between
 * them. `paint` is graph_count() zeros, which they are again afterwards. */
void reach_range(struct commit_numbers *out, struct arena *a,
		 const struct graph *graph, unsigned char *paint, uint32_t from,
		 uint32_t to);

/* A row for each commit of the history, a column for each of `to`: whether a
 * line of `from` that does not reach the column's commit reaches this one, and
 * the column's commit does not. So it may hold on the line what the column's
 * commit is on others. `reach` is reach_each() of both. To be freed with
 * free(out->bits): 8 bytes for each commit and 64 columns, so ask for few. */
void reach_between(struct reach *out, const struct graph *graph,
		   struct commit_set from, struct commit_set to,
		   const struct reach *reach);

#endif
