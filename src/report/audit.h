/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What lines of history still carry of the known pitfalls: for each problem of
 * a retro, and each line, whether a cause is in and its fix is not.
 */
#ifndef REPORT_AUDIT_H
#define REPORT_AUDIT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "corpus/exposure.h"
#include "corpus/guard.h"
#include "lineage/release_lines.h"
#include "lineage/trace.h"

struct audit_finding {
	const struct release_line *line;
	const struct retro *retro;
	const struct problem *problem;
	const char *name; /* "<id>#P1", or the retro's id */
	const struct question *question;
	const struct cell *cell; /* exposed, suspect or unknown */
	const char *pitfall;     /* the problem's, else the retro's title */
	int pitfall_line;        /* in its file; 0: unknown */
	/* The fix to pick: the first that the line lacks. NULL: none is
	 * named, or each that is was reverted there. */
	const struct oid *pick;
	bool pick_is_merge;
};

/* A line that has the fix, and not the guard. */
struct audit_unguarded {
	const struct release_line *line;
	const struct retro *retro;
	const struct problem *problem;
	const char *name;
	const char *pitfall; /* as above */
	int pitfall_line;
	const struct guarded *guarded;
};

struct audit {
	struct VEC_OF(struct audit_finding) findings; /* line by line; the worst
						 * first: exposed, suspect,
						 * unknown; then by severity,
						 * then the newest retro */
	size_t exposed, unknown;                      /* findings that are */
	struct VEC_OF(struct audit_unguarded) unguarded; /* by problem */
	size_t asked;  /* problems with a cause or a fix */
	size_t unread; /* retros that cannot be read: nobody knows what they
			* link */
};

/* About these lines, which are borrowed. Retros that are superseded are left
 * out: another one speaks for them. */
MUST_USE struct err *audit_run(struct audit *out, struct corpus *corpus,
			       const struct release_lines *lines);

/* Where one stands, unless a release branch is there, and every release branch.
 * ERR_NOT_FOUND if HEAD is unborn and there is none. */
MUST_USE struct err *audit_usual_lines(struct release_lines *out,
				       struct arena *a, struct repo *repo,
				       const struct config *config,
				       const struct policy *policy);

/* Appends the line that a person means by a revision, under that name: a tag,
 * else counted as a branch. Where a tag and a branch have the name, both:
 * "heads/1.4", "tags/1.4". ERR_NOT_FOUND. */
MUST_USE struct err *audit_add_lines(struct release_lines *out, struct arena *a,
				     struct repo *repo, const char *rev);

#endif
