/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ledger, by commit and by what its entries name; and which commits are the
 * same change by their author, date and title, or by the number of a request.
 */
#ifndef LINEAGE_RELATIONS_H
#define LINEAGE_RELATIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "git/graph.h"
#include "git/ledger.h"
#include "git/oid.h"

/* How a commit is known to make the change of another, the surest first. Of a
 * way over several commits it is the weakest step. */
enum via {
	VIA_NONE,
	VIA_ANCESTOR, /* it is the commit itself */
	VIA_TRAILER,
	VIA_PATCH_ID,
	VIA_CHANGE_ID,
	VIA_AUTHOR,  /* author, mail, date to the second, and title */
	VIA_REQUEST, /* "T (#12) (#34)", where the other is "T (#12)" */
};

struct relations;
/* The ledger and the graph are borrowed. */
struct relations *relations_new(struct arena *a, const struct ledger *ledger,
				const struct graph *graph);
void relations_free(struct relations *relations);
const struct graph *relations_graph(const struct relations *relations);

/* Entries, in the arena of the relations. */
struct sayings VEC_OF(const struct ledger_entry *);

/* Those of `key` that name a commit. An abbreviation that could be another one
 * does not. */
void relations_naming(struct sayings *out, struct relations *relations,
		      enum ledger_key key, const struct oid *id);
/* Those of a commit, of two keys. */
void relations_said(struct sayings *out, struct relations *relations,
		    const struct oid *id, enum ledger_key key,
		    enum ledger_key other);
/* Those of `key` with this value. */
void relations_valued(struct sayings *out, struct relations *relations,
		      enum ledger_key key, const char *value);
/* Those that revert a commit; not a merge that only repeats what a commit says
 * that it brings. */
void relations_reverting(struct sayings *out, struct relations *relations,
			 const struct oid *id);

/* Whether a value names the commit. */
bool relations_names(const struct relations *relations, const char *value,
		     const struct oid *id);
/* The commit that an id in a message means; false if it is not here and not
 * written in full. */
bool relations_resolve(struct oid *out, const struct relations *relations,
		       const char *value);

/* The other commits of its author, mail, author date and title. Two of them of
 * which one has the other in its history are two changes, and none is told from
 * them; but where the older was reverted in between, it was landed again. */
void relations_twins(struct oids *out, struct relations *relations,
		     const struct oid *id);
/* The other commits of its title that took its request over, or from whose it
 * was taken. */
void relations_requests(struct oids *out, struct relations *relations,
			const struct oid *id);

/* The commits of its title, or of "T (2)" and the like, behind a revert of it: it
 * was landed again, perhaps in another way. */
void relations_again(struct oids *out, struct relations *relations,
		     const struct oid *id);

/* The entries that name a merge as picked or reverted, and the commits that may
 * be twins of one: what they say is true of each commit that the merge brought,
 * if relations_is_merge_entry(), which costs more, says so. */
struct merge_entry {
	uint32_t merge, main; /* it and its first parent, in the graph */
	struct oid commit;    /* that says so */
	bool reverts;
	enum via via;
};
struct merge_entries VEC_OF(struct merge_entry);
void relations_merges(struct merge_entries *out, struct relations *relations);
bool relations_is_merge_entry(struct relations *relations,
			      const struct merge_entry *entry);

#endif
