/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is due in a repository: releases that need a retro, retros that should
 * be finished, actions, and links to commits that are gone. Days are those
 * of the local zone.
 */
#ifndef REPORT_STATUS_H
#define REPORT_STATUS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/actions.h"
#include "corpus/corpus.h"
#include "model/retro.h"
#include "report/freshness.h"
#include "report/suggest.h"

/* A release without a retro, anywhere (cover.h). */
struct owed {
	const char *tag;
	int32_t day,
		due; /* when it was tagged, and policy.due working days on */
	bool lightweight; /* nobody knows when it was tagged: `day` is its
			   * commit's */
	bool overdue;     /* today is later than `due` */
};

/* A draft, or a retro in review, that is past due, counted from the tag of the
 * first release it covers or from its own date, whichever is later. */
struct late {
	const struct retro *retro;
	int32_t due;
	int days; /* late by so many, all days counted */
};

/* As relink_look_hard() sees it. */
struct broken_link {
	const struct retro *retro;
	const char *commit; /* as written */
};

struct status_report {
	struct strs problems; /* of the settings: what keeps the rest from
			       * being known */
	struct VEC_OF(struct owed) owed; /* newest first */
	struct VEC_OF(struct late) late; /* in the corpus' order */
	struct listed_actions overdue;   /* likewise */
	size_t open;                     /* actions, those overdue included */
	struct VEC_OF(struct broken_link) dead;
	struct listed_actions kickoff; /* open of projects whose code is there
					* already */
	size_t notes; /* jotted since the newest release that has a retro */
	struct suggestions suggestions; /* from HEAD; no fault */
	struct freshness_list gone;     /* pitfalls whose code was all replaced
				     * since, of the oldest retros; no fault */
	bool no_release;                /* there is no release tag here */
	bool links_unknown; /* history is cut off, so `dead` may lack some */
};

/* `corpus` is that of the work tree, or HEAD's in a bare repository; `settings`
 * are the problems of what was read of the settings, as errors (model/diag.h).
 * In the corpus' arena. */
MUST_USE struct err *status_load(struct status_report *out,
				 struct corpus *corpus,
				 const struct diags *settings);

/* Whether nothing is owed, past due, overdue or dead, as far as it is known
 * (see `links_unknown`), and the settings could be read. */
bool status_is_good(const struct status_report *status);

#endif
