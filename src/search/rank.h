/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which match comes first: by BM25, where a word as it stands counts more than
 * one in another form, and that more than its parts; then, for the best, by how
 * near one another the words stand.
 */
#ifndef SEARCH_RANK_H
#define SEARCH_RANK_H

#include "model/retro.h"
#include "search/match.h"
#include "search/spots.h"

/* Sets score, share, has and near of each match. How much each way tells: the fewer
 * files have it, the more. In the arena. */
const double *rank_matches(struct matching *m);

/* The best first. A match with all words, none in parts, before any other. */
int rank_best_first(const void *match, const void *other);

/* Weighs a match by where in its text the spots are; of one choice in parts,
 * whether they are near one another. */
void rank_text(struct match *match, const struct matching *m,
	       const double *worth, const struct spotter *spotter,
	       const struct retro *retro);

#endif
