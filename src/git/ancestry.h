/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Questions about ancestry. They are put to git, which knows shallow ends,
 * grafts, replace refs and the commit-graph; libgit2 1.5.1 knows none of them
 * and takes 40 ms for a pair.
 */
#ifndef GIT_ANCESTRY_H
#define GIT_ANCESTRY_H

#include <stdbool.h>

#include "base/err.h"
#include "git/oid.h"

struct repo;

/* out[i]: whether among->at[i] is `commit` or an ancestor of it. One question
 * for all of them, which costs as much as git must walk until each is settled:
 * little for those that are near. All of them exist. */
MUST_USE struct err *ancestry_reached(bool *out, struct repo *repo,
				      const struct oid *commit,
				      const struct oids *among);

/* The same for one. */
MUST_USE struct err *ancestry_reaches(bool *out, struct repo *repo,
				      const struct oid *commit,
				      const struct oid *ancestor);

/* The best commit that both come from, as `git merge-base` has it; *found false
 * where there is none, in a shallow clone because it may be cut off. */
MUST_USE struct err *ancestry_merge_base(struct oid *out, bool *found,
					 struct repo *repo, const struct oid *a,
					 const struct oid *b);

/* Whether history is not what the commits themselves say, and may be another
 * tomorrow: a shallow clone, grafts, replace refs. */
bool ancestry_is_bent(struct repo *repo);

#endif
