/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What retros say of commits, put as questions to the exposure matrix
 * (lineage/trace.h): the causes and fixes that a retro names, and those that
 * name it in a trailer (`Retro-Cause:`, `Retro-Fix:`).
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

/* The answers for a retro. */
struct exposure {
	const struct retro *retro;
	const struct trace *trace;
};
struct exposures {
	struct exposure *at;
	size_t nr, cap;
	const struct release_lines *lines;
};

/* For each of the retros that has a cause or a fix, in their order. A commit
 * that names a retro in a trailer is one more cause or fix, unless it is a pick
 * of one that is named already, or no line and not HEAD holds both: then it is
 * that one, as it was taken there. */
MUST_USE struct err *exposure_load(struct exposures *out, struct corpus *corpus,
				   const struct retros *retros,
				   const struct release_lines *lines);

#endif
