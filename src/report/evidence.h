/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What can speak for a retro where files or a change are in question, strongest
 * first. That a file was touched, or that a glob holds, says little of a change
 * of it: of such hints one in twenty was worth its line when that was measured
 * (tests/real/hints.md). So the hook of git commit tells only what is specific;
 * the rest is for a person who asks, ranked below and marked.
 */
#ifndef REPORT_EVIDENCE_H
#define REPORT_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "git/oid.h"
#include "model/pitfall.h"
#include "model/problem.h"

enum evidence_type {
	EVIDENCE_COMMIT,   /* a commit in question is linked to the retro, or
			    * its message names one that is */
	EVIDENCE_GUARD,    /* the change deletes what guards a problem */
	EVIDENCE_SKIP,     /* it switches off a test of that */
	EVIDENCE_UNDO,     /* it takes out a line that the fix put in */
	EVIDENCE_REDO,     /* it brings back a line that the fix took out */
	EVIDENCE_LINE,     /* it changes a line that the fix changed */
	EVIDENCE_NAME,     /* it changes what a pitfall names */
	EVIDENCE_SYMBOL,   /* it changes uses of a name that the fix brought in,
			    * or brings back one that it took out */
	EVIDENCE_KEY,      /* it sets what the fix set */
	EVIDENCE_FUNCTION, /* it changes a function that the fix changed */
	EVIDENCE_AT_GUARD, /* an edit is of a file that guards a problem */
	EVIDENCE_TWIN,     /* it changes a function of that name elsewhere */
	EVIDENCE_PITFALL,  /* a pitfall names the file */
	EVIDENCE_PATHS,    /* `paths` of the retro match the file */
	EVIDENCE_FILE,     /* the cause or the fix touched the file */
	EVIDENCE_TYPES,
};

struct evidence_kind {
	const char *name; /* in JSON */
	const char *mark; /* for people, of what is weak; else NULL */
	bool at_commit;   /* specific enough for the hook of git commit */
	bool alone;       /* whatever the change says of itself (concern.h) */
	bool at_edit;     /* for an edit while it is made, of which none is
			   * said */
};
extern const struct evidence_kind evidence_kinds[EVIDENCE_TYPES];

struct evidence {
	enum evidence_type type;
	const char *path; /* in question; NULL: EVIDENCE_COMMIT */
	const char *what; /* the name in the pitfall, the glob, the line, the
			   * function; else NULL */
	const char *then; /* what the commit called the file, if otherwise */
	const char *role; /* "cause", "fix", "other" of `commit`, else NULL */
	struct oid commit;
	const struct problem *problem; /* that `commit` belongs to, or NULL */
	const struct pitfall *pitfall; /* that it is about, if one can tell */
	uint64_t mark;                 /* of the change (front/marks.h), or 0 */
};

#endif
