/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The retros that contain what is sought, best first: by BM25, where a word in the
 * title counts eight times and one in the pitfalls four times, and one that few
 * retros have counts more. The numbers are of the place alone, so the answer
 * does not depend on what else the index has seen.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/repo.h"
#include "model/policy.h"
#include "model/retro.h"
#include "search/snippet.h"
#include "search/terms.h"

struct corpus;

struct result {
	const struct retro
		*retro;      /* with its bytes and body, see index/codec.h */
	double score;        /* 0 where nothing but filters was asked */
	const double *times; /* how often it has each word or phrase of the
			      * terms, in their order, weighted */
	bool full;           /* it has all of the words as they stand */
	size_t has;          /* how many of the words */
	bool near;           /* one of them only in parts, near one another */
	struct snippet snippet;
};
struct results {
	struct result *at;
	size_t nr, cap;
	size_t total; /* as many there are; `nr` is at most the limit */
	size_t files; /* of the place */
	size_t words; /* that were sought */
	const struct corpus *where; /* of every branch, if all were searched */
	size_t full; /* so many of the total have all of them; they come first */
	const char *missing; /* a word that no retro has in any form, and the
			      * one most like it; NULL: there is none */
	const char *nearest;
	const double *worth; /* how much each word or phrase of the terms
			      * tells: the fewer files have it, the more */
};

/* In a commit; NULL: in the work tree, in a bare repository at HEAD. `limit` 0: all of them.
 * Equal scores are in the order of the paths; where there are no words, newest
 * first. `diags` gets what cannot be read. */
MUST_USE struct err *search_run(struct results *out, struct arena *a,
				struct repo *repo, const struct policy *policy,
				const struct oid *commit,
				const struct terms *terms, size_t limit,
				struct diags *diags);

#endif
