/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which retros a person asked for, and in which order: the filters of `list`,
 * as data. Every filter that is set must hold; several values of one filter
 * are alternatives.
 */
#ifndef CORPUS_QUERY_H
#define CORPUS_QUERY_H

#include <stdbool.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/opt.h"
#include "corpus/corpus.h"
#include "git/config.h"

/* As the options give them; an empty struct asks for all. */
struct query {
	struct strs statuses, kinds, severities; /* any known spelling */
	struct strs labels;                      /* the same, case aside */
	struct strs authors, owners;    /* part of a name or mail, case aside */
	struct strs releases, branches; /* globs, as in `git tag --list`; one
					 * in a retro's `branches` counts too */
	struct strs paths;              /* as typed, see corpus_rooted() */
	const char *since, *until;      /* days, both included */
	bool open_actions;
	struct strs metrics, drifts; /* part of a name, case aside */
	struct strs qualities;       /* likewise, of a measure of the labels */
	struct strs roles;           /* part of a role or who took it on */
	/* Where it is set, a retro concerns the releases and branches, too,
	 * that carry its cause without its fix, and the first release with the
	 * fix (lineage/trace.h). */
	const struct config *config;
	const char *sort; /* a key of query_keys, "-" in front reverses */
};

/* What can be sorted by; ends with NULL. */
extern const char *const query_keys[];

/* Rows of an option table whose struct `type` has the query as `field`. */
#define QUERY_OPT_KIND(type, field)                                            \
	OPT_LIST(0, "kind", type, field.kinds, "<kind>",                       \
		 N_("release, incident, experiment, deployment or project"))
#define QUERY_OPT_LABEL(type, field)                                           \
	OPT_LIST(0, "label", type, field.labels, "<label>",                    \
		 N_("with this label"))
#define QUERY_OPT_RELEASE(type, field)                                         \
	OPT_LIST(0, "release", type, field.releases, "<tag>",                  \
		 N_("covering a release like this"))
#define QUERY_OPT_PATH(type, field)                                            \
	OPT_LIST(0, "path", type, field.paths, "<path>",                       \
		 N_("concerning this file or folder"))
#define QUERY_OPT_SINCE(type, field)                                           \
	OPT_STRING(0, "since", type, field.since, "<day>",                     \
		   N_("of this day or later"))
#define QUERY_OPT_UNTIL(type, field)                                           \
	OPT_STRING(0, "until", type, field.until, "<day>",                     \
		   N_("of this day or earlier"))

/* All of them. */
#define QUERY_OPTS(type, field)                                                \
	OPT_LIST(0, "status", type, field.statuses, "<status>",                \
		 N_("draft, review, final, superseded or waived")),            \
		QUERY_OPT_KIND(type, field),                                   \
		OPT_LIST(0, "severity", type, field.severities, "<n>",         \
			 N_("1 (worst) to 5")),                                \
		QUERY_OPT_LABEL(type, field),                                  \
		OPT_LIST(0, "author", type, field.authors, "<text>",           \
			 N_("whose author's name or email contains this")),    \
		OPT_LIST(0, "owner", type, field.owners, "<text>",             \
			 N_("whose owner's name or email contains this")),     \
		QUERY_OPT_RELEASE(type, field),                                \
		OPT_LIST(0, "branch", type, field.branches, "<branch>",        \
			 N_("concerning a branch like this")),                 \
		QUERY_OPT_PATH(type, field), QUERY_OPT_SINCE(type, field),     \
		QUERY_OPT_UNTIL(type, field),                                  \
		OPT_LIST(0, "metric", type, field.metrics, "<text>",           \
			 N_("with a metric whose name contains this")),        \
		OPT_LIST(0, "drift", type, field.drifts, "<text>",             \
			 N_("with a drift whose feature contains this")),      \
		OPT_LIST(0, "labels-quality", type, field.qualities, "<text>", \
			 N_("with a measure of label quality like this")),     \
		OPT_LIST(0, "role", type, field.roles, "<text>",               \
			 N_("with a role, or somebody in one, like this")),    \
		OPT_BOOL(0, "open-actions", type, field.open_actions,          \
			 N_("with an open action")),                           \
		OPT_STRING(0, "sort", type, field.sort, "<key>",               \
			   N_("by date, id, release, severity, status or "     \
			      "title; -<key> reverses"))

/* ERR_USAGE, naming what is known, for a value that no retro could have. */
MUST_USE struct err *query_check(const struct query *query);

/* ERR_NOT_FOUND for the name of a release or branch that neither the repository
 * nor one of the corpus's retros has: an empty answer would pass for "nothing
 * happened there". A pattern may match nothing. Before query_filter(). */
MUST_USE struct err *query_check_names(const struct corpus *corpus,
				       const struct query *query,
				       const struct config *config);

/* Keeps the retros that match. A retro concerns a path if its `paths`, or a
 * path named in one of its pitfalls, match it as gitignore(5) has it, or name
 * something below it. */
MUST_USE struct err *query_filter(struct corpus *corpus,
				  const struct query *query);

/* Whether names that a text has for files (pitfall.h) mean this path, or what
 * lies below it; as the filter has it. */
bool query_names(const struct strs *names, const char *path);

/* Sorts by the key, ascending: oldest, worst severity, draft, lowest version of
 * the first release first; without a key, newest first. What has no value
 * comes last either way; equal ones are newest first. */
void query_sort(struct corpus *corpus, const struct query *query);

#endif
