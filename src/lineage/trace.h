/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The exposure matrix: which lines (releases and release branches) carry a
 * problem's cause, and which its fix. A line carries a commit if it reaches it
 * or another that makes the same change (lineage/same_change.h), and no revert
 * took that back.
 */
#ifndef LINEAGE_TRACE_H
#define LINEAGE_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/graph.h"
#include "git/ledger.h"
#include "git/oid.h"
#include "git/repo.h"
#include "lineage/release_lines.h"
#include "lineage/same_change.h"

enum trace_state {
	TRACE_EXPOSED,        /* a cause is in, a fix is missing */
	TRACE_SUSPECT,        /* no cause is named and a fix is missing */
	TRACE_UNKNOWN,        /* something is not here, or history is cut off */
	TRACE_NO_CAUSE_FOUND, /* none found, but the line touched its files
			       * since it forked: no proof */
	TRACE_UNAFFECTED,     /* proven: the line forked before every cause and
			       * touched none of their files since */
	TRACE_FIXED,          /* every fix is in, or a backport is, or every
			       * cause was reverted */
};

/* "exposed", ...; the words of the output for programs. */
const char *trace_state_name(enum trace_state state);
/* "ancestor", "trailer", ...; NULL for VIA_NONE. */
const char *via_name(enum via via);

/* Why a state is unknown. */
enum trace_why {
	WHY_NONE,
	WHY_CUT,     /* the line's history is cut off (shallow, missing) */
	WHY_MISSING, /* a commit that was named is not here */
	WHY_GONE,    /* or is on no branch or tag: it may have been rewritten */
	WHY_CHANGES, /* objects are missing here: what the line changed, or
		      * whether it is the same, cannot be told. Of an exposed
		      * line: perhaps it has the fix after all */
	WHY_MANY,    /* a circle of reverts, or hundreds of picks */
};

/* A commit that is known to make the change of another. */
struct alias {
	struct oid id, of;
};

/* What is asked: commits by full id, which need not be here. */
struct question {
	struct oids cause, fix;
	struct oids backport; /* each alone is a fix, made again by hand */
	struct VEC_OF(struct alias) aliases;
	const struct strs *releases; /* tags of the packages that are meant;
				      * NULL, or none: any */
	bool cause_lost, fix_lost,
		backport_lost; /* one more was named, and by an
				    * abbreviation that leads nowhere */
};
struct questions VEC_OF(struct question);

struct cell {
	enum trace_state state;
	enum trace_why why;
	/* For each cause, fix and backport of the question, in its order; NULL
	 * where there is none. */
	const struct holding *cause, *fix, *backport;
};

struct trace {
	const struct question *question;
	const struct cell *cells; /* one for each line */
	const struct release_line
		*first; /* the earliest tag of such a package that is fixed
			 * because every fix is in; NULL: none, or no fix */
};
struct traces VEC_OF(struct trace);

/* What is read of history to trace; a caller that needs it, too, reads it
 * once. */
struct trace_base {
	struct arena *a;
	struct repo *repo;
	struct oids
		tips; /* the lines, HEAD, where most fixes are made, and what
			   * is asked about: all of history that counts */
	const struct oids *arriving; /* commits that a push brings, which are
				      * history already; NULL: none */
	struct ledger ledger;
	struct graph *graph; /* NULL until trace_base_graph() */
};

/* In the arena; to be closed whether or not it fails. */
MUST_USE struct err *trace_base_open(struct trace_base *out, struct arena *a,
				     struct repo *repo,
				     const struct release_lines *lines,
				     const struct questions *questions);
MUST_USE struct err *trace_base_graph(struct trace_base *base);
void trace_base_close(struct trace_base *base);

/* Answers all questions about all lines, which are borrowed. Any commit that is
 * asked about and that `base` was not opened for is to be reached by its tips. */
MUST_USE struct err *trace_run(struct traces *out, struct trace_base *base,
			       const struct release_lines *lines,
			       const struct questions *questions);

/* Whether every fix of the cell is in effect, and there is one; or one of its
 * backports. */
bool cell_has_fix(const struct question *question, const struct cell *cell);

#endif
