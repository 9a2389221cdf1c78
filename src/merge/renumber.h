/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Both sides of a merge called a new action or pitfall by the same number: one
 * of them gets the next that is free, also where the front matter of that side
 * names it.
 */
#ifndef MERGE_RENUMBER_H
#define MERGE_RENUMBER_H

#include "base/buf.h"
#include "merge/side.h"

/* Which of the two keeps its number. */
enum keeper {
	KEEPER_OURS,   /* no commit names it, or it means that of ours */
	KEEPER_THEIRS, /* a commit names that of theirs */
	KEEPER_NOBODY, /* nobody can tell: a person must decide */
};

struct keepers {
	void *data;
	enum keeper (*ask)(void *data, const char *id,
			   const struct numbered *ours,
			   const struct numbered *theirs);
};

/* Appends a side that got new numbers; nothing for one that keeps its own.
 * False, and what was appended is of no use, where a person must decide. */
bool renumber(struct buf *ours_out, struct buf *theirs_out, struct arena *a,
	      const struct side *base, const struct side *ours,
	      const struct side *theirs, const struct keepers *keepers);

#endif
