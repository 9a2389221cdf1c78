/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What retros say of commits, put as questions to the exposure matrix
 * (lineage/trace.h), one for each problem: the causes and fixes that it names,
 * and those that name it in a trailer (`Retro-Cause:`, `Retro-Fix:`).
 */
#ifndef CORPUS_EXPOSURE_H
#define CORPUS_EXPOSURE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "lineage/release_lines.h"
#include "lineage/trace.h"
#include "model/retro.h"

struct guarded;

/* The answers for a problem of a retro: one of its own, or one that only
 * trailers name. */
struct exposure {
	const struct retro *retro;
	const struct problem *problem;
	const struct trace *trace;
	size_t nr; /* of the retro, in the order that was asked for */
	/* For each line, once looked at (guard.h); NULL without a guard. */
	const struct guarded *guarded;
};
struct exposures {
	struct exposure *at;
	size_t nr, cap;
	const struct release_lines *lines;
};

/* For each problem that has a cause or a fix, in the order of the retros. A
 * commit that names a problem in a trailer is one more cause or fix, unless it
 * is a pick of one that is named already, or no line and not HEAD contains
 * both: then it is that one, as it was taken there. A trailer that names a
 * retro means its only problem, or the first that has no pitfall. */
MUST_USE struct err *exposure_load(struct exposures *out, struct corpus *corpus,
				   const struct retros *retros,
				   const struct release_lines *lines);

#endif
