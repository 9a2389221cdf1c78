/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a reviewer of a branch should know: what it does to the retros and to
 * the settings, what `check` finds in what it changed, what became of actions,
 * what release branches still carry of it, which releases need a retro, and
 * which earlier retros concern the files that it touches, and what it changes
 * in what the project is built from. The same commits give the same review, but
 * for what is due by today.
 */
#ifndef REPORT_REVIEW_H
#define REPORT_REVIEW_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "capture/lock_changes.h"
#include "corpus/corpus.h"
#include "git/config.h"
#include "git/oid.h"
#include "git/walk.h"
#include "lineage/release.h"
#include "lineage/release_lines.h"
#include "model/diag.h"
#include "model/policy.h"
#include "report/audit.h"
#include "report/changes.h"
#include "report/context.h"
#include "search/similar.h"

/* A setting of `.retro.yml` that the branch changes. */
struct setting_change {
	const char *key;
	const char *before, *after; /* as in the file */
};

/* Earlier retros like one that the branch adds. */
struct likeness {
	const struct retro *retro;
	struct similars similars;
};

/* A guard (model/problem.h) that the branch takes away. */
struct lost_guard {
	const char *path;
	const char *to; /* what it is called now; NULL: it was deleted */
	const struct retro *retro;
	const struct problem *problem;
	const char *name;    /* "<id>#P1" */
	const char *pitfall; /* the problem's, else the retro's title */
};

struct review {
	struct oid from, to;
	struct corpus before, after;
	struct strs paths; /* that the branch touches, of any file */
	struct changes changes;
	struct VEC_OF(struct setting_change) settings;
	struct diags findings; /* in the files that it changes; set by the
				* caller: they are for who can ask git */
	struct listed_actions
		overdue;            /* actions of the retros that it changes */
	struct releases owed;       /* newest first */
	struct release_lines lines; /* the release branches */
	struct audit carried; /* by these, of what the retros that it changes
				* tell of; exposed and suspect */
	/* Of the first new retros. Looked for where one stands: in the work
	 * tree, or at HEAD in a bare repository. */
	struct VEC_OF(struct likeness) alike;
	struct VEC_OF(struct lost_guard) guards;
	struct listed_actions kickoff; /* still open of projects whose code
					* the branch changes */
	struct lock_changes locks;     /* packages that the branch changes */
	struct findings past; /* earlier retros that concern what the branch
				* changes, as they were where it parted */
};

/* Gathers what lies between two commits, the first an ancestor of the other;
 * all but `findings`. `policy` is in force where one stands. */
MUST_USE struct err *review_gather(struct review *out, struct arena *a,
				   struct repo *repo,
				   const struct config *config,
				   const struct policy *policy,
				   const struct range *range);

/* Whether there is nothing to say. */
bool review_is_empty(const struct review *review);

#endif
