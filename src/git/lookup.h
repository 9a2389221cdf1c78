/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which of many ids are commits of this repository. Asked for all at once and
 * of the object database alone: rev_commit() takes a child or two for each one
 * that is missing, and after a rebase a thousand are.
 */
#ifndef GIT_LOOKUP_H
#define GIT_LOOKUP_H

#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"

struct repo;

/* `ids` are ids or abbreviations of at least 4 digits; out[i] answers
 * ids->at[i]: 1 it is a commit here, 0 it is not, -1 nobody can tell, because
 * history is cut off (a shallow clone) or several objects begin so. `full`, if
 * it is not NULL, gets what lookup_ids() gives. */
MUST_USE struct err *lookup_commits(int *out, struct oid *full,
				    struct repo *repo, const struct strs *ids);

/* The full ids of those that are commits here; of the others, zeros. */
MUST_USE struct err *lookup_ids(struct oid *out, struct repo *repo,
				const struct strs *ids);

/* Which names mean a commit here, as git reads revisions ("v1.0", "main~2"); a
 * search through messages (":/x", "^{/x}") is not made. One child at most.
 * out[i] as above. */
MUST_USE struct err *lookup_revs(int *out, struct repo *repo,
				 const struct strs *names);

#endif
