/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The machine formats, a contract (git-retro(1), "Output for programs"): JSON,
 * NDJSON and TSV of retros and of diagnostics. Version 1; a key is never
 * removed or given another meaning within a version, and new ones may come.
 * Keys are those of the front matter (field.h); every one is always there, null
 * or empty where nothing is known. The text is UTF-8, an invalid byte U+FFFD,
 * and contains nothing that a terminal obeys.
 */
#ifndef VIEW_RECORD_H
#define VIEW_RECORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "corpus/actions.h"
#include "model/diag.h"
#include "model/policy.h"
#include "model/retro.h"
#include "report/pitfalls.h"
#include "report/status.h"
#include "search/search.h"
#include "view/object.h"
#include "view/status.h"

enum format { FORMAT_HUMAN, FORMAT_JSON, FORMAT_NDJSON, FORMAT_TSV };
extern const char *const format_names[];      /* all four, for OPT_CHOICE */
extern const char *const format_names_json[]; /* human, json */

/* What each retro has beside its fields: "sections", "pitfalls" and "actions",
 * for which its body is read, with RECORD_BODY; "here", "on" and "differs-on"
 * if `where` is the corpus of every branch that it is of. */
enum { RECORD_BODY = 1 };

/* {"version":1,"retros":[...]} */
void record_json(struct buf *out, struct arena *a, const struct retros *retros,
		 unsigned shape, const struct corpus *where);
/* Sets what each of them has. */
void record_fill(json_t *json, struct arena *a, const struct retro *retro,
		 unsigned shape);
/* One retro object a line, each with "version". */
void record_ndjson(struct buf *out, struct arena *a,
		   const struct retros *retros, unsigned shape,
		   const struct corpus *where);
/* A head line, then one retro a line; tab, newline and backslash inside a
 * value are written \t, \n and \\, other control characters as U+FFFD; list
 * values joined by a comma and space. */
void record_tsv(struct buf *out, struct arena *a, const struct retros *retros,
		const struct corpus *where);

/* {"version":1,"diagnostics":[{"path","line","column","level","rule","text",
 * "hint"}],"errors":n,"warnings":n,"notes":n}; line and column are null where
 * the problem is the file as a whole. */
void record_diags(struct buf *out, const struct diags *diags);

/* {"version":1,"problems":["<of the settings>"],"owed":[{"tag","tagged","due",
 * "overdue"}],"drafts":[{"id","path","due","days_late"}],"actions":{"open":n,
 * "overdue":[{"id","path","text","owner","due"}]},"kickoff":n,"notes":n,
 * "dead_ties":[{"id","path","commit"}],"suggestions":[...] (suggest.h),
 * "stale":[{"name","lines-left"}],"hooks":[{"hook","state"}]}; days as
 * 2026-11-24. */
void record_status(struct buf *out, struct arena *a,
		   const struct status_report *status,
		   const struct status_hooks *hooks);

/* {"version":1,"pitfalls":[{"retro","path","title","date","severity",
 * "severity-text","labels","releases","age-days","id","line","text","paths",
 * "seen-before","came-back","retro-came-back","retired"}]}: `came-back` lists
 * the retros that saw it again, the oldest first, `retro-came-back` those that
 * name its retro as a whole. Where it was looked at, `lines-left` counts what its commits left and
 * `lines-now` what of that still stands. */
void record_pitfalls_json(struct buf *out,
			  const struct listed_pitfalls *pitfalls);
void record_pitfalls_ndjson(struct buf *out,
			    const struct listed_pitfalls *pitfalls);
void record_pitfalls_tsv(struct buf *out, struct arena *a,
			 const struct listed_pitfalls *pitfalls);

/* {"version":1,"actions":[{"name","retro","path","id","state","text","owner",
 * "due","priority","done","reason","line","closed-by","closed-on","overdue"}]}:
 * `state` counts a commit's trailer: `closed-by` names it, `closed-on` its day.
 * "promise" is there where promises_load() was asked. */
void record_actions_json(struct buf *out, struct arena *a,
			 const struct listed_actions *actions);
void record_actions_ndjson(struct buf *out, struct arena *a,
			   const struct listed_actions *actions);
void record_actions_tsv(struct buf *out, struct arena *a,
			const struct listed_actions *actions);

/* {"version":1,"words":n,"hits":[{"id","path","title","date","status",
 * "severity","severity-text","score","snippet","section","words","near"}]}, best
 * first; `section` is "title", a section's key, or null. */
void record_results_json(struct buf *out, struct arena *a,
			 const struct results *results);
void record_results_ndjson(struct buf *out, struct arena *a,
			   const struct results *results);
void record_results_tsv(struct buf *out, struct arena *a,
			const struct results *results);

#endif
