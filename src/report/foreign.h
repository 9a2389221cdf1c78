/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Problems that another repository knows, in this one: a commit here that makes
 * the same change as a cause there, because it was copied, forked or picked,
 * and is told by its patch alone.
 */
#ifndef REPORT_FOREIGN_H
#define REPORT_FOREIGN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "git/oid.h"
#include "lineage/release_lines.h"
#include "lineage/trace.h"

/* A commit as others can find it again. */
struct foreign_commit {
	struct oid id, patch;
	struct strs files; /* that it changed, sorted */
};
struct foreign_commits VEC_OF(struct foreign_commit);

struct foreign_problem {
	const char *repo; /* that knows it, and where that is; NULL of ours */
	const char *where;
	const char *retro, *problem; /* its id; "P1" or NULL */
	const char *pitfall;         /* or the title */
	int severity;                /* 0 unknown */
	struct foreign_commits cause, fix;
	bool more_fixes; /* that are not there, or merges */
};
struct foreign_problems VEC_OF(struct foreign_problem);

/* Ours, as far as they have a cause that is here and no merge. */
MUST_USE struct err *foreign_own(struct foreign_problems *out,
				 struct corpus *corpus);

struct foreign_finding {
	const struct release_line *line;
	const struct foreign_problem *problem;
	enum trace_state state; /* exposed, or unknown */
	struct oid cause;       /* here */
	const struct oid *pick; /* there; NULL: no fix is named */
};
struct foreign_findings {
	struct foreign_finding *at;
	size_t nr, cap;
	bool unsure; /* history is cut off or lacks objects here: there may be
		      * more */
};

/* What these lines have of the problems of others, but for those whose cause
 * one of our own retros names: that one speaks for it. */
MUST_USE struct err *foreign_find(struct foreign_findings *out,
				  struct corpus *corpus,
				  const struct release_lines *lines,
				  const struct foreign_problems *others);

#endif
