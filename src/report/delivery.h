/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How releases went: how long a commit waited for its release, which releases
 * carried a fault, how soon that was repaired. The definitions are DORA's
 * (dora.dev, "four keys" and rework), read from tags and retros: a tag is a
 * release, which need not be a deployment.
 */
#ifndef REPORT_DELIVERY_H
#define REPORT_DELIVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "corpus/exposure.h"
#include "lineage/release.h"

struct delivered {
	const struct release *release;
	bool wanted; /* it is in the time that is asked about */
	struct VEC_OF(int64_t) waits; /* seconds from the author's date of each
				       * commit (merges aside) to the first tag
				       * that contains it, at least 0 */
	const char *fault;  /* who says so: a retro or problem; NULL: none */
	const char *repair; /* the problem that it is the first to have the fix
			     * of, as a patch; NULL */
};

struct recovery {
	const struct release *release; /* that was the first with the fix, or
					* that the incident names; NULL */
	const char *name;              /* of the retro or problem */
	const struct retro *retro;
	int64_t seconds;
};

struct delivery {
	struct VEC_OF(struct delivered) releases; /* oldest first */
	struct delivered **by_name;
	struct VEC_OF(struct recovery) recoveries;
};

/* Of `all`, as release_list() has them, those tagged from second `since` to
 * `until` are wanted. A release has a fault if an incident names it, or if it
 * is the first that carries a problem's cause without its fix. It was recovered
 * from when the incident was resolved, else when the first release with the fix
 * was tagged. */
MUST_USE struct err *delivery_load(struct delivery *out, struct corpus *corpus,
				   const struct releases *all,
				   const struct exposures *exposures,
				   int64_t since, int64_t until);

/* Of a release by its tag; NULL if it is none. */
struct delivered *delivery_find(const struct delivery *delivery,
				const char *tag);

#endif
