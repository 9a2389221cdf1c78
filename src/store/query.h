/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which retros a person asked for: the filters of `list`, as data. Every
 * filter that is set must hold; several values of one filter are alternatives.
 */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/opt.h"
#include "model/retro.h"

/* As the options give them; an empty struct asks for all. */
struct query {
	struct strs statuses, kinds, severities; /* any known spelling */
	struct strs labels;             /* the same, case aside */
	struct strs authors, owners;    /* part of a name or mail, case aside */
	struct strs releases;           /* globs, as in `git tag --list` */
	const char *since, *until;      /* days, both included */
};

/* The rows of an option table whose struct `type` has the query as `field`. */
#define QUERY_OPTS(type, field)                                             \
	OPT_LIST(0, "status", type, field.statuses, "<status>",             \
		 "draft, review, final, superseded or waived"),             \
	OPT_LIST(0, "kind", type, field.kinds, "<kind>",                    \
		 "release, incident, experiment, deployment or project"),   \
	OPT_LIST(0, "severity", type, field.severities, "<n>",              \
		 "1 (worst) to 5"),                                         \
	OPT_LIST(0, "label", type, field.labels, "<label>",                 \
		 "with this label"),                                        \
	OPT_LIST(0, "author", type, field.authors, "<text>",                \
		 "an author's name or mail holds this"),                    \
	OPT_LIST(0, "owner", type, field.owners, "<text>",                  \
		 "the owner's name or mail holds this"),                    \
	OPT_LIST(0, "release", type, field.releases, "<glob>",              \
		 "covering a release like this"),                           \
	OPT_STRING(0, "since", type, field.since, "<day>",                  \
		   "of this day or later"),                                 \
	OPT_STRING(0, "until", type, field.until, "<day>",                  \
		   "of this day or earlier")

/* ERR_USAGE, naming what is known, for a value that no retro could have. */
MUST_USE struct err *query_check(const struct query *query);

/* Keeps only the retros that match, in their order. */
void query_filter(struct retros *retros, struct arena *a,
		  const struct query *query);

#endif
