/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A retro: one Markdown file, read. Everything in it lives in the arena that
 * it was read into, and borrows the file's bytes, which must live as long.
 * An edit makes new bytes. What a file does not say is filled in once by who
 * knows it: its body by body_read(), its date by the corpus.
 */
#ifndef MODEL_RETRO_H
#define MODEL_RETRO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/vec.h"
#include "model/diag.h"
#include "model/front.h"
#include "model/node.h"
#include "model/problem.h"

/* Names by status_name(), kind_name(); NONE is "no such field". */
enum status {
	STATUS_NONE,
	STATUS_DRAFT,
	STATUS_REVIEW,
	STATUS_FINAL,
	STATUS_SUPERSEDED,
	STATUS_WAIVED,
};

enum kind {
	KIND_NONE,
	KIND_RELEASE,
	KIND_INCIDENT,
	KIND_EXPERIMENT,
	KIND_DEPLOYMENT,
	KIND_PROJECT,
};

struct metric {
	const char *name, *before, *after, *unit; /* NULL where not given */
	const char *better; /* "higher", "lower" or NULL */
	const char *from;   /* the file it was read from, or NULL */
};
struct metrics VEC_OF(struct metric);

struct field_time {
	bool known;
	enum moment_part part; /* without a zone: corpus_zones() finds it */
	bool placed;           /* it did */
	struct moment at;
};

/* started, detected, mitigated and resolved. */
#define RETRO_TIMES 4

/* Unknown keys, in the file's order. */
struct extra {
	const char *key;
	const struct node *value;
};
struct extras VEC_OF(struct extra);

#define SEVERITY_LEAST 5

struct retro {
	const char *path; /* relative to the repository's root */
	const char *bytes;
	size_t n;
	struct front front;
	const struct node *map;      /* the front matter; NULL if none */
	const struct node *preamble; /* fields below the title (preamble.h),
				      * where the map does not name them; NULL */

	/* `id` is the field or else the file's stem; `title` the field, else
	 * the first heading that is more than a section's name, else the stem;
	 * `date` the field, else from the file's name, else that of `started`,
	 * else from the title, else from a folder's name (DAY_NONE if unknown;
	 * the corpus then asks git).
	 * Of an index.md or README.md the stem is its folder's name. */
	const char *id;
	bool has_id; /* the file has `id:`, so the strict rules hold */
	const char *title;
	int32_t date;
	enum status status;
	enum kind kind;
	int severity;              /* 1 worst .. SEVERITY_LEAST, 0 unknown */
	const char *severity_text; /* as it was written, "P1", "一级事故"; NULL
				    * if that is the number */
	const char *owner, *range, *url, *archive_url, *summary, *company,
		*product, *superseded_by, *imported_from, *drafted_with;
	struct strs authors, labels, releases, branches, paths, related,
		supersedes, seen_before, retired;
	struct links commits; /* of all problems, and the others */
	struct problems problems;
	struct field_time started, detected, mitigated, resolved;
	struct metrics metrics;
	const struct node *environment, *labels_quality, *roles; /* maps */
	const struct node *drift; /* a list of maps */
	struct extras extras;

	/* Set by body_read() (body.h); read on demand, because most commands
	 * never need the body. */
	struct body *body;
};

struct retros VEC_OF(struct retro *);

/* Whether the releases that it names are covered by it: an incident or an
 * experiment only says where it happened. A waiver covers whatever it is. */
bool retro_covers(const struct retro *retro);

/* The times, in the order in which they come to pass, and their keys. */
extern const char *const retro_time_keys[RETRO_TIMES];
void retro_times(struct field_time *out[RETRO_TIMES], struct retro *retro);

/* The day it was drafted, as its id says that begins with one: a retro of an
 * old release bears that one's date. DAY_NONE if the id says nothing. */
int32_t retro_drafted(const struct retro *retro);

/* Whether a file of this name below the policy's `dir` is a retro. */
bool retro_is_path(const char *path);
/* A day before or after these is another number. */
#define RETRO_FIRST_DAY 0     /* 1970-01-01 */
#define RETRO_LAST_DAY  84006 /* 2200-01-01 */

/* The first day in a name; DAY_NONE if there is none. */
int32_t retro_name_day(const char *name);

/* What the path calls it: the file's name without its ending; of an index.md or
 * README.md its folder's, and of a retrospective.md if that has a day. */
const char *retro_stem(struct arena *a, const char *path);

/* Adds the commits of a problem to those of the retro. */
void retro_add_links(struct retro *retro, struct arena *a,
		     const struct problem *problem);

/* The problem of this pitfall ("P1"); NULL if there is none. */
const struct problem *retro_problem(const struct retro *retro,
				    const char *number);

/* Whether `retired` names this pitfall ("P1"); NULL is none. */
bool retro_is_retired(const struct retro *retro, const char *number);

/* "<id>#P1", or "<id>" of a problem without a number. */
const char *retro_problem_name(struct arena *a, const struct retro *retro,
			       const struct problem *problem);

/* The two ends of a range as it is written; false if it is none. An end that is
 * left out is "". */
bool retro_range_ends(const char *ends[2], struct arena *a, const char *range);

enum rule_stage retro_stage(const struct retro *retro);

const char *status_name(enum status status); /* "draft"; NULL for NONE */
const char *kind_name(enum kind kind);
/* Any known spelling, either language ("approved", "已复盘", "superseded by
 * ADR-0005"); NONE if unknown. */
enum status status_parse(const char *text);
enum kind kind_parse(const char *text);
/* The spellings of kinds that are known, one by one; NULL behind the last. */
const char *kind_spelling(size_t i, enum kind *kind);
/* "2", "S2", "SEV-2", "P1" (P0 is 1, P4 is 5); 0 if it is none. */
int severity_parse(const char *text);
/* As it was written, where that is short, else "S2"; "" if unknown: teams count
 * from 0 or from 1. */
const char *severity_said(struct arena *a, const struct retro *retro);

#endif
