/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Questions that are answered together, as trace.c, between.c, twins.c,
 * squashed.c and landed_again.c share them: a column for each commit that is asked about, a row
 * for each line.
 */
#ifndef LINEAGE_BATCH_H
#define LINEAGE_BATCH_H

#include "base/arena.h"
#include "git/changed_paths.h"
#include "git/graph.h"
#include "git/ledger.h"
#include "git/reach.h"
#include "lineage/release_lines.h"
#include "lineage/same_change.h"

/* A holding that rests on what somebody said, or on author and title. */
struct claim_of_same {
	struct oid id;
	struct holding *holding;
};

/* What applies to all questions. */
struct tracer {
	struct arena *a; /* of the answers */
	struct repo *repo;
	const struct oids *arriving; /* as struct trace_base has it */
	const struct release_lines *lines;
	struct graph *graph;
	struct relations *relations;
	struct merge_entries merges;
	uint32_t *line_commits;
	bool *cut; /* of each line */
	struct VEC_OF(struct claim_of_same) claims;
};

/* A commit that is asked about, once for each question that names it. */
struct column {
	struct oid id;
	uint32_t commit;
	bool here, cause;  /* here: it is in the repository */
	bool gone;         /* of a cause: on no branch or tag any more */
	struct oid undone; /* the one commit that a fix takes back; zeros: none
			    * that is known */
	struct same_change change;
	size_t held, among; /* where its members begin in these tables */
	struct changed_files files; /* of a cause, a merge, and of what was
				     * reverted or takes something back */
	struct changed_paths touch;
};

/* A commit that may be, on some line, what a column's commit is on others. */
struct candidate {
	uint32_t commit;
	struct oid id;
	struct changed_paths touch;
};
struct candidates VEC_OF(struct candidate);
struct numbers VEC_OF(uint32_t);
struct sought_list VEC_OF(struct sought);

struct batch {
	struct tracer *tracer;
	struct arena scratch; /* what the answers do not point to */
	struct VEC_OF(struct column) columns;
	struct candidates candidates; /* by id; the columns' own among them */
	struct reach reach;           /* lines, columns */
	struct reach between;         /* commits, columns */
	struct reach below;           /* columns, lines */
	/* Lines, columns: since the fork, the line touched its files; or
	 * nobody can tell, for objects are missing here; or whether something
	 * there is the same patch. */
	struct reach touched, untold_files, untold_patches;
	struct reach held;  /* lines, members of changes */
	struct reach among; /* members, members: where there are reverts */
};

struct commit_set batch_lines(const struct batch *batch);

/* Finds the candidates, and which lines touched the files of the causes. */
MUST_USE struct err *between_find(struct batch *batch);

/* Adds to the changes what has the same patch id, also behind a revert; and, as
 * what takes a fix back that is a revert, the patch that it took back where that
 * was landed again. Call between_find() first. */
MUST_USE struct err *twins_find(struct batch *batch);

/* Adds to the changes the squashes that take them back. Call twins_find()
 * first. */
MUST_USE struct err *squashed_find(struct batch *batch);

/* Adds to the changes of fixes that were reverted what landed them again. Call
 * squashed_find() first. */
MUST_USE struct err *landed_again_find(struct batch *batch);

#endif
