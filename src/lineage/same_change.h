/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commits that make one change, wherever it was taken: the commit itself,
 * what it was picked from and what was picked from it (chains followed), those
 * with its Change-Id, those of one author, date and title, those that took its
 * request over, those that were found to be the same patch, and, where it takes
 * one commit back, the others that take the same back; then the reverts
 * of any of them, their reverts, and so on. Which of them a line of history
 * holds says whether the change is in effect there.
 */
#ifndef LINEAGE_SAME_CHANGE_H
#define LINEAGE_SAME_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/reach.h"
#include "lineage/relations.h"

struct member {
	struct oid id;
	uint32_t commit; /* in the history; GRAPH_NONE: no line has it */
	enum via via;
	unsigned depth; /* 0: it makes the change, 1: it reverts it, 2: it
			 * reverts a revert, ... */
	bool part;      /* it says that it makes only a part of it */
	struct VEC_OF(uint32_t) targets; /* members that it names as reverted */
};

struct same_change {
	struct arena *arena;
	struct VEC_OF(struct member) members; /* the commit itself first */
	unsigned depth;                       /* of the deepest */
	bool nested; /* of what a member reverts: looked at no further */
	bool more; /* than can be looked at: reverts in a circle, or hundreds of
		    * picks */
};

/* `id` need not be here: trailers can name it all the same. */
void same_change_find(struct same_change *out, struct arena *a,
		      struct relations *relations, const struct oid *id);
/* Adds a commit that is found to make the same change, and what follows from
 * it. */
void same_change_add(struct same_change *change, struct relations *relations,
		     const struct oid *id, enum via via);

/* Adds the commit of an entry that names a merge which brought the member
 * `at`, and what follows from it. */
void same_change_add_entry(struct same_change *change,
			   struct relations *relations,
			   const struct merge_entry *entry, uint32_t at);

/* What a line contains of a family. */
struct holding {
	enum via via; /* of `by`; VIA_NONE: no commit of it */
	struct oid by;
	bool in_effect;
	struct oid reverted_by; /* where `by` is not in effect */
	struct oid part; /* where nothing is in effect: what says that it makes
			  * a part of the change; or zeros */
	bool doubt;      /* `by` has few lines in common with it */
};

/* Where to look that up: the member i is column `first` + i in the row `line`
 * of `lines`, and row and column `own` + i of `among`, which says who came
 * after whom and is not looked at where nothing was reverted. */
struct held {
	const struct reach *lines;
	size_t line, first;
	const struct reach *among;
	size_t own;
};

/* Where history does not tell whether a revert came after what it reverts, the
 * answer is what `doubt` says: whether the change counts as in effect. */
struct holding same_change_judge(const struct same_change *change,
				 const struct held *held, bool doubt);

#endif
