/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What git and earlier retros know, as the Markdown of a draft: each finding at
 * the place in the template where a person would want it, each a line of its
 * own that is easy to delete. Names, subjects and paths are escaped and long
 * lists cut, with the command that shows the rest.
 */
#ifndef VIEW_DRAFT_H
#define VIEW_DRAFT_H

#include "base/arena.h"
#include "base/buf.h"
#include "capture/environment.h"
#include "capture/lock_changes.h"
#include "capture/values.h"
#include "corpus/actions.h"
#include "corpus/notes.h"
#include "lineage/digest.h"
#include "model/policy.h"
#include "model/retro.h"
#include "model/template.h"

/* So many requests are named at most; only they need an abbreviated id. */
#define DRAFT_REQUESTS 20
/* So many authors are named in the front matter, who drafts among them. */
#define DRAFT_AUTHORS 10

/* Everything is borrowed. */
struct draft {
	const char *id, *title;
	int32_t date;
	enum status status;
	enum kind kind;
	enum language language;
	const char *release;   /* tag name or NULL */
	const char *range;     /* "A..B" for the front matter, or NULL */
	bool highest_before;   /* the range begins at the highest version below
			      * the release that was tagged before it */
	const char *summary;   /* or NULL */
	struct strs authors;   /* who drafts: "Name <mail>" */
	bool without_pitfalls; /* the template has no place for them */
	bool without[NOTE_KINDS];         /* nor for notes of this kind */
	struct notes notes;               /* of the range */
	const struct digest *digest;      /* or NULL: nothing is known; with the
				      * names of its range set */
	struct lock_changes locks;        /* of the range */
	struct environments environments; /* at its end */
	struct measures measures;         /* that the range changed */
	struct packages parameters;       /* of a run */
	const char *run;                  /* where that is; or NULL */
	bool metrics_elsewhere, environment_elsewhere; /* the template has a
							* place for them */
	struct listed_actions
		open; /* left open by earlier retros, in the order in
			    * which they are shown */
};

/* What a template can name. */
struct draft_slot {
	const char *name;
	const char *help; /* one line, for the manual */
	void (*write)(struct buf *out, struct arena *a,
		      const struct draft *draft);
};
extern const struct draft_slot draft_table[];
extern const size_t draft_count;

/* Fills `slots` with every name of the table; an empty value drops its
 * line. */
void draft_slots(struct slots *slots, struct arena *a,
		 const struct draft *draft);

#endif
