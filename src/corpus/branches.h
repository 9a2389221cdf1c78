/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The different states of some folders on the branches of a repository, local
 * and remote-tracking ones: 500 branches that contain the same are one place.
 */
#ifndef CORPUS_BRANCHES_H
#define CORPUS_BRANCHES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"

struct branch_state {
	struct oid commit;    /* one that has them so */
	struct strs branches; /* "main", "origin/x"; the one committed to last
			       * first */
};
struct branch_states VEC_OF(struct branch_state);

/* The place with the branch that was committed to last comes first; of one
 * moment, local branches before remote ones, by name. Branches with none
 * of the folders are left out. */
MUST_USE struct err *branches_list(struct branch_states *out, struct arena *a,
				   struct repo *repo, const struct strs *dirs);

#endif
