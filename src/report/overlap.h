/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a change has in common with what a commit did to one of its files, and
 * with the names in a pitfall.
 */
#ifndef REPORT_OVERLAP_H
#define REPORT_OVERLAP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/repo.h"
#include "git/walk.h"
#include "report/edit.h"
#include "report/evidence.h"
#include "report/touched.h"

struct overlap;

/* What is compared with fixes and names: edits, else a range, else what is
 * staged. */
struct overlap_change {
	const struct range *range;
	const struct oid *base; /* what is staged is held against it; NULL:
				 * HEAD */
	const struct edits *edits;
	const char *diff; /* of the edits, where it is known; else NULL */
};

/* Reads the change. `apart` is the folder of the retros, whose files do not
 * count where names are looked for. In the arena. */
MUST_USE struct err *overlap_open(struct overlap **out, struct arena *a,
				  struct repo *repo,
				  const struct overlap_change *change,
				  const char *apart);

/* The files that the change takes away; a rename takes one away, too. */
const struct strs *overlap_deleted(const struct overlap *overlap);

/* The files in which the change switches off a test, or comments a part out;
 * `*lines` are the lines by which it does so, in the same order. */
const struct strs *overlap_skips(const struct strs **lines,
				 const struct overlap *overlap);

/* The strongest of what is shared with what `commit` did to a file; false if
 * nothing is. Sets `type`, `what` and `mark` alone. */
bool overlap_with(struct evidence *out, struct overlap *overlap,
		  const struct touched *touched, const struct oid *commit);

/* Whether a file, before the change, was so short that any change of it is near
 * to every other. */
bool overlap_is_small(struct overlap *overlap, const char *path);

/* Whether the change changes a function that bears the name of one that a
 * commit changed, in another file of the same folder whose name begins as that
 * file's. Sets `path` and `what` alone. */
bool overlap_twin(struct evidence *out, const struct overlap *overlap,
		  const struct touched *touched);

/* Whether one of the commits puts in or takes out a line with the word; also if
 * that cannot be asked. */
bool overlap_commits_have(struct overlap *overlap, const struct oids *commits,
			  const char *word);

/* The file in which the change changes what a pitfall names; false if none
 * does. Sets `path` and `what` alone. */
bool overlap_names(struct evidence *out, struct overlap *overlap,
		   const struct pitfall_name *name);

#endif
