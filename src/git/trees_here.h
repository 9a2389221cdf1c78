/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which commits can be compared with their parents in a partial clone. It is
 * looked up: for each object that it lacks git starts a process that would fetch
 * it, and must not.
 */
#ifndef GIT_TREES_HERE_H
#define GIT_TREES_HERE_H

#include <stdbool.h>

#include "base/err.h"
#include "git/oid.h"

struct repo;

/* here[i] is false where the tree of ids->at[i], or that of a parent, is not
 * here. `parents` (NULL: none), where not zeros, stand for a commit's own. Trees
 * in those trees are not looked for. */
void trees_here(bool *here, struct repo *repo, const struct oids *ids,
		const struct oid *parents);

/* The same of what their patches are made of, too; of a merge that is nothing.
 * What still lacks something has trees that are missing in trees. */
MUST_USE struct err *files_here(bool *here, struct repo *repo,
				const struct oids *ids);

#endif
