/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The exposure matrix for a person: the commits, in words the first release
 * with the fix and what still lacks it, then the branches and the releases.
 */
#ifndef VIEW_TRACE_H
#define VIEW_TRACE_H

#include "base/arena.h"
#include "base/buf.h"
#include "corpus/guard.h"
#include "git/walk.h"
#include "lineage/trace.h"
#include "model/retro.h"
#include "view/style.h"

/* What one trace is shown with. */
struct traced {
	const struct retro *retro; /* or NULL, and then no problem */
	const struct problem *problem;
	const char *pitfall; /* its text; NULL: it has no number, or nobody
			      * knows */
	const struct trace *trace;
	const struct guarded *guarded; /* of each line (corpus/guard.h); NULL */
	/* For each cause, fix and backport; one that is not here has an id of
	 * zeros. */
	const struct commit *cause, *fix, *backport;
};
struct traceds VEC_OF(struct traced);

/* All of it. */
void trace_text(struct buf *out, const struct style *style,
		const struct release_lines *lines,
		const struct traceds *traceds);

/* What a commit is to a problem, "cause", "fix", "backport" or "other", in the
 * person's language, and spaces up to so many columns, at least one. */
void trace_role(struct buf *out, const struct style *style, const char *role,
		size_t columns);

/* "fix   3f2c91b0d4 Subject (Author, day)": one commit and its role. One that
 * is not here has an id of zeros. */
void trace_commit(struct buf *out, const struct style *style, const char *role,
		  const struct oid *id, const struct commit *commit);

/* In short, as a part of a retro that is shown: its commits, the first release
 * with the fix, what carries the cause without it. With `head` its pitfall
 * stands in front, if it has a number. */
void trace_summary(struct buf *out, const struct style *style,
		   const struct release_lines *lines,
		   const struct traced *traced, bool head);

/* One line each: the commits, the first release, what still lacks the fix. */
void trace_short(struct buf *out, const struct style *style,
		 const struct release_lines *lines,
		 const struct traceds *traceds);

/* Why a state is unknown: for a person, and the word for programs (NULL for
 * WHY_NONE). */
const char *trace_why_text(enum trace_why why);
/* The command that brings what is not here. */
const char *trace_why_way(enum trace_why why);
const char *trace_why_name(enum trace_why why);

/* {"version":1,"traces":[{"retro","problem","cause":["<oid>"],"fix":["<oid>"],
 * "backport":["<oid>"],"first_release","lines":[{"name","type","state","why",
 * "unguarded":["<glob>"]|null,"cause":[{"commit","via","by","reverted"}],
 * "fix":[...],"backport":[...]}]}]}; the last two are like "cause" */
void trace_json(struct buf *out, const struct release_lines *lines,
		const struct traceds *traceds);
/* One trace a line, each with "version". */
void trace_ndjson(struct buf *out, const struct release_lines *lines,
		  const struct traceds *traceds);
/* A head line, then a line for each cell. */
void trace_tsv(struct buf *out, const struct release_lines *lines,
	       const struct traceds *traceds);

#endif
