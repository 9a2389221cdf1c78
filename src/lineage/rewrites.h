/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What git said of commits that took the place of others: the queue that the
 * hook post-rewrite appends to (front/queue.h), read. It says only what git
 * said, which is wrong where `rebase --skip` dropped a commit; who believes it
 * is relink.h's business.
 *
 *	<common_dir>/retro/rewrites	one line each: command, old id, new id
 *	<common_dir>/retro/rewrites.old	what was there before it became long
 *
 * A line that makes no sense (half of one, after a crash) is left out.
 */
#ifndef LINEAGE_REWRITES_H
#define LINEAGE_REWRITES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/oidmap.h"
#include "git/repo.h"

struct rewrite {
	bool amend; /* one commit by one; else a rebase, or some other tool */
	struct oid from, to;
	size_t next; /* the next one from the same commit, plus one; 0: none */
};

struct rewrites {
	struct rewrite *at;
	size_t nr, cap;
	struct oidmap first; /* from a commit to its first rewrite */
};

/* Adds what git filter-repo wrote of the commits that begin with one of these
 * digits: <common_dir>/filter-repo/commit-map, a line "<old id> <new id>" for
 * each commit of history; zeros for one that is gone for good, of which nothing
 * is added. Each counts as one commit that became one. */
MUST_USE struct err *rewrites_add_map(struct rewrites *out, struct arena *a,
				      const struct repo *repo,
				      const struct strs *digits);

/* Empty where no hook has written. To be released. */
MUST_USE struct err *rewrites_load(struct rewrites *out, struct arena *a,
				   const struct repo *repo);
void rewrites_release(struct rewrites *rewrites);

/* The first rewrite of a commit, NULL if there is none; then the next. */
const struct rewrite *rewrites_of(const struct rewrites *rewrites,
				  const struct oid *from);
const struct rewrite *rewrites_next(const struct rewrites *rewrites,
				    const struct rewrite *rewrite);

/* The one commit among those that were rewritten whose id starts so. */
bool rewrites_expand(struct oid *out, const struct rewrites *rewrites,
		     const char *abbrev);

#endif
