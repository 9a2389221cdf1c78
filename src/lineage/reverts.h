/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reverts, and reverts of reverts: which commits are out of effect at the end
 * of a range.
 */
#ifndef LINEAGE_REVERTS_H
#define LINEAGE_REVERTS_H

#include "git/oidset.h"
#include "lineage/commit.h"

/* A commit of the range that says it takes another one back. */
struct revert_claim {
	struct digest_commit by;
	const char *id; /* as written */
	size_t order;   /* of `by` in the walk: 0 is the newest */
	bool merge;     /* `by` is one */
};
struct revert_claims VEC_OF(struct revert_claim);

/* The commit that a walk hands over, kept in the arena. */
struct digest_commit reverts_keep(struct arena *a, const struct commit *commit);
/* One that is not in the repository: the id as written, borrowed. */
struct digest_commit reverts_unknown(const char *id);

/* Leaves out the merges that only repeat what a commit before them says. */
void reverts_drop_repeated(struct revert_claims *claims);

/* Fills `out`, newest revert first, but `shipped` and the abbreviations of
 * known commits. `range` has the walk's commits. Targets outside the range
 * are looked up, because they may be reverts themselves. */
MUST_USE struct err *reverts_resolve(struct digest_reverts *out,
				     struct arena *a, struct repo *repo,
				     const struct revert_claims *claims,
				     const struct oidset *range);

#endif
