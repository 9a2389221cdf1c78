/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How much of the code that a pitfall was about still stands: of the lines that
 * its causes and fixes left in their files, how many the same files have today,
 * under whatever name (report/touched.h). Lines that say too little to be known
 * again (front/marks.h) do not count, nor do those that a fix took out again.
 * A pitfall of which nothing stands has nothing left to warn of.
 */
#ifndef REPORT_FRESHNESS_H
#define REPORT_FRESHNESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "model/retro.h"

/* Fewer lines than these say nothing. */
#define FRESHNESS_FEW 3

struct freshness {
	const struct retro *retro;
	const struct problem *problem;
	size_t left; /* lines that the causes and fixes left */
	size_t now;  /* of these, in HEAD */
};
struct freshness_list VEC_OF(struct freshness);

/* Of each problem of the retros that names a cause or a fix, in their order. In
 * the corpus' arena. Of the commits that nobody looked at yet the last `most`
 * are read (0: all); a problem of any other has no lines. */
MUST_USE struct err *freshness_load(struct freshness_list *out,
				    struct corpus *corpus,
				    const struct retros *retros, size_t most);

/* Whether there was something, and nothing of it is left. */
bool freshness_is_gone(const struct freshness *freshness);

#endif
