/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a person or a team can show for a time: what was shipped, what it
 * changed, what was hard, what was learned, what came back and what did not,
 * which promises were kept. Every line bears what proves it: a retro, one of
 * its pitfalls or actions, a commit or a tag, that anybody can look up.
 */
#ifndef REPORT_GROWTH_H
#define REPORT_GROWTH_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "corpus/query.h"
#include "git/config.h"

enum growth_key {
	GROWTH_SHIPPED,
	GROWTH_IMPACT,
	GROWTH_HARD,
	GROWTH_LEARNED,
	GROWTH_GONE,
	GROWTH_RETURNED,
	GROWTH_KEPT,
	GROWTH_OPEN,
	GROWTH_HELPED,
	GROWTH_SECTIONS,
};

struct growth_line {
	const char *text;    /* plain, for a person, in their language */
	const char *release; /* what proves it; at least one of the three */
	const char *retro;   /* "<id>", "<id>#P1", "<id>#A1" */
	const char *commit;  /* a full id */
};

struct growth_section {
	const char *key;   /* "shipped", for programs */
	const char *title; /* not yet translated */
	struct VEC_OF(struct growth_line) lines;
};

struct growth {
	const char *person;        /* as it is told; NULL: the team */
	const char *since, *until; /* days; NULL: not given */
	struct strs releases;      /* that were asked for */
	struct growth_section at[GROWTH_SECTIONS];
};

/* Whose: one whose name or mail contains a text, or who calls (git's user.name
 * and user.email). Names are joined through .mailmap. */
struct growth_who {
	bool me;
	const char *text; /* NULL: everybody, unless `me` */
};

/* Of the retros that the query keeps, and the releases of its time and name. A
 * person's are those that they wrote or own; of actions those that they own or
 * closed. The corpus is surveyed, and filtered. */
MUST_USE struct err *growth_load(struct growth *out, struct corpus *corpus,
				 const struct config *config,
				 const struct query *query,
				 const struct growth_who *who);

/* Looks up what lines of a report are proved by: `names` are tags, retros with
 * or without a number, and commits. out->at[i] is NULL, or says what is wrong
 * with names->at[i]. */
MUST_USE struct err *growth_verify(struct strs *out, struct corpus *corpus,
				   const struct strs *names);

#endif
