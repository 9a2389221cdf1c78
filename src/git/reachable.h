/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which commits are part of history: those that a branch, a tag, a
 * remote-tracking branch or the HEAD of a work tree reaches. What a rebase left
 * behind lies in the object database for weeks, and what `git filter-branch`
 * left in refs/original for ever: it is here, and yet it is history no more.
 */
#ifndef GIT_REACHABLE_H
#define GIT_REACHABLE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/oidset.h"

struct repo;

/* Arguments of a git that walks: all that is alive. */
#define ALIVE_TIPS                                                             \
	"--branches", "--tags", "--remotes", "--exclude=refs/*", "--all"

/* Adds those of the commits that are not alive, and their ancestors that are
 * not. All must be here. What `more` (or NULL) reach counts as alive as well.
 * One question; it takes as long as git must walk from the newest tip to the
 * oldest of them. */
MUST_USE struct err *reachable_not(struct oidset *out, struct repo *repo,
				   const struct oids *commits,
				   const struct oids *more);

/* Where a commit that is not alive parted from what is: the living commit that
 * its branch was made from or last merged. *found false: there is none, or
 * several that have nothing to do with each other. */
MUST_USE struct err *reachable_fork(struct oid *out, bool *found,
				    struct arena *a, struct repo *repo,
				    const struct oid *commit);

/* Commits that are built on one that is not alive, as far as a reflog or a ref
 * that is not a branch still keeps them; the newest first, itself left out. */
MUST_USE struct err *reachable_built_on(struct oids *out, struct arena *a,
					struct repo *repo,
					const struct oid *commit);

/* The commits that are alive, or (`dead`) that are not and that `among` or the
 * reflogs reach, and that changed one of the paths; merges are left out. Living
 * ones in the history of all of `among` are, too: they were there before.
 * */
MUST_USE struct err *reachable_touching(struct oids *out, struct arena *a,
					struct repo *repo,
					const struct oids *among,
					const struct strs *paths, bool dead);

#endif
