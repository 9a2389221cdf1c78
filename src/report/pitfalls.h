/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The pitfalls of all retros, each on its own, with how often it came back: a
 * retro that names another one in `seen-before` says that the same thing
 * happened again.
 */
#ifndef REPORT_PITFALLS_H
#define REPORT_PITFALLS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "corpus/query.h"
#include "model/pitfall.h"

struct freshness;

struct listed_pitfall {
	const struct retro *retro;
	const struct pitfall *pitfall;
	int days; /* from the retro's day to today, at least 0; -1
				* if it has none */
	struct retros came_back; /* that saw it again, by their own words or by
				  * those of one that they name; oldest first */
	struct retros retro_came_back; /* likewise, of its retro as a whole */
	const struct freshness *freshness; /* once pitfalls_keep_gone() looked;
					    * else NULL */
	size_t order; /* its place before it was sorted: for who sorts */
};
struct listed_pitfalls VEC_OF(struct listed_pitfall);

/* Those of the retros that the query keeps, in its order, and in that of each
 * text. Where it asks for paths, a pitfall that names files must name one of
 * these; one that names none is its retro's. The chains are those of the whole
 * corpus, which is surveyed or read, and they may lead in circles. */
MUST_USE struct err *pitfalls_list(struct listed_pitfalls *out,
				   struct corpus *corpus,
				   const struct query *query);

/* Keeps those whose code was all replaced since (report/freshness.h) and that
 * are not retired. */
MUST_USE struct err *pitfalls_keep_gone(struct listed_pitfalls *pitfalls,
					struct corpus *corpus);

/* Those that came back most often first; of others the order stays. */
void pitfalls_sort_recurring(struct listed_pitfalls *pitfalls);

#endif
