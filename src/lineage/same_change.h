/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commits that make one change, wherever it was taken: the commit itself,
 * what it was picked from and what was picked from it (chains followed), those
 * with its Change-Id, and those that were found to be the same patch; then the
 * reverts of any of them, their reverts, and so on. Which of them a line of
 * history holds says whether the change is in effect there.
 */
#ifndef LINEAGE_SAME_CHANGE_H
#define LINEAGE_SAME_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "git/graph.h"
#include "git/ledger.h"
#include "git/oid.h"
#include "git/reach.h"

/* How a commit is known to make the change, the surest first. Of a way over
 * several commits it is the weakest step. */
enum via {
	VIA_NONE,
	VIA_ANCESTOR, /* it is the commit itself */
	VIA_TRAILER,
	VIA_PATCH_ID,
	VIA_CHANGE_ID,
};

/* The ledger, by commit and by what its entries name. */
struct relations;
struct relations *relations_new(struct arena *a,
				const struct ledger_entries *entries,
				const struct graph *graph);
void relations_free(struct relations *relations);

/* The entries of `key` that name a commit. An abbreviation that could be
 * another one does not. In the arena of the relations. */
struct sayings VEC_OF(const struct ledger_entry *);
void relations_naming(struct sayings *out, struct relations *relations,
		      enum ledger_key key, const struct oid *id);

/* The entries that name a merge as picked or reverted: what they say holds for
 * every commit that the merge brought. */
struct merge_entry {
	uint32_t merge, main; /* it and its first parent, in the history */
	const struct ledger_entry *entry;
};
struct merge_entries VEC_OF(struct merge_entry);
void relations_merges(struct merge_entries *out, struct relations *relations);

struct member {
	struct oid id;
	uint32_t commit; /* in the history; GRAPH_NONE: no line has it */
	enum via via;
	unsigned depth; /* 0: it makes the change, 1: it reverts it, 2: it
			 * reverts a revert, ... */
	struct VEC_OF(uint32_t) targets; /* members that it names as reverted */
};

struct same_change {
	struct VEC_OF(struct member) members; /* the commit itself first */
	unsigned depth;                       /* of the deepest */
};

/* `id` need not be here: trailers can name it all the same. */
void same_change_find(struct same_change *out, struct relations *relations,
		      const struct oid *id);
/* Adds a commit that is found to make the same change, and what follows from
 * it. */
void same_change_add(struct same_change *change, struct relations *relations,
		     const struct oid *id, enum via via);

/* Adds the commit of an entry that names, or names a merge that brought, the
 * first member; and what follows from it. */
void same_change_add_entry(struct same_change *change,
			   struct relations *relations,
			   const struct ledger_entry *entry);

/* What a line holds of a family. */
struct holding {
	enum via via; /* of `by`; VIA_NONE: no commit of it */
	struct oid by;
	bool in_effect;
	struct oid reverted_by; /* where `by` is not in effect */
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
