/* SPDX-License-Identifier: GPL-2.0-only */
#include "merge/align.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/work.h"

/* Cells of the table. */
#define CELLS_MAX ((size_t)4 << 20)

enum { WEIGHT_BLANK = 1, WEIGHT_UNIT = 64 };

/* What is left of two rows without what is alike at both ends. */
struct middle {
	const struct units *one, *other;
	size_t from, n, m;
	uint32_t *cells; /* (n + 1) * (m + 1): the best up to there */
};

static uint32_t weigh(const struct unit *one, const struct unit *other)
{
	if (!unit_is_like(one, other))
		return 0;
	return one->kind == UNIT_BLANK ? WEIGHT_BLANK : WEIGHT_UNIT;
}

static uint32_t *cell(const struct middle *middle, size_t i, size_t j)
{
	return &middle->cells[i * (middle->m + 1) + j];
}

static uint32_t weigh_at(const struct middle *middle, size_t i, size_t j)
{
	return weigh(&middle->one->at[middle->from + i],
		     &middle->other->at[middle->from + j]);
}

static uint32_t larger(uint32_t one, uint32_t other)
{
	return one > other ? one : other;
}

static void fill_cells(struct middle *middle)
{
	for (size_t i = 1; i <= middle->n; i++)
		for (size_t j = 1; j <= middle->m; j++) {
			uint32_t best = larger(*cell(middle, i - 1, j),
					       *cell(middle, i, j - 1));
			uint32_t weight = weigh_at(middle, i - 1, j - 1);

			if (weight)
				best = larger(
					best,
					weight + *cell(middle, i - 1, j - 1));
			*cell(middle, i, j) = best;
		}
}

/* Of several that are alike, the last. */
static void follow_cells(size_t *out, const struct middle *middle)
{
	size_t i = middle->n, j = middle->m;

	while (i && j) {
		uint32_t weight = weigh_at(middle, i - 1, j - 1);

		if (weight &&
		    *cell(middle, i, j) == weight + *cell(middle, i - 1, j - 1))
			out[middle->from + --i] = middle->from + --j;
		else if (*cell(middle, i, j) == *cell(middle, i - 1, j))
			i--;
		else
			j--;
	}
}

/* How many are alike at the beginning. Which blank line is meant where one side
 * has more of them, the table says. */
static size_t count_alike(const struct units *one, const struct units *other,
			  size_t n, size_t m)
{
	size_t nr = 0;

	while (nr < n && nr < m && weigh(&one->at[nr], &other->at[nr]))
		nr++;
	while (nr && one->at[nr - 1].kind == UNIT_BLANK)
		nr--;
	return nr;
}

size_t *align_units(struct arena *a, const struct units *one,
		    const struct units *other)
{
	size_t *out = arena_alloc(a, (one->nr + 1) * sizeof(*out));
	struct middle middle = { .one = one, .other = other };
	size_t n = one->nr, m = other->nr;

	for (size_t i = 0; i < n; i++)
		out[i] = ALIGN_NONE;
	while (n && m && weigh(&one->at[n - 1], &other->at[m - 1]))
		out[--n] = --m;
	middle.from = count_alike(one, other, n, m);
	for (size_t i = 0; i < middle.from; i++)
		out[i] = i;
	middle.n = n - middle.from;
	middle.m = m - middle.from;
	if ((middle.n + 1) > CELLS_MAX / (middle.m + 1) ||
	    !work_do(middle.n * middle.m * 4))
		return NULL;
	middle.cells = mem_calloc((middle.n + 1) * (middle.m + 1),
				  sizeof(*middle.cells));
	fill_cells(&middle);
	follow_cells(out, &middle);
	free(middle.cells);
	return out;
}
