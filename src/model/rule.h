/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules that `check` holds a retro to, one table: id, level, reason, way
 * out, and the function that looks. Rules about reading itself (yaml,
 * encoding, ...) have no function: the reader reports them.
 */
#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include <stdbool.h>

#include "model/diag.h"
#include "model/policy.h"
#include "model/retro.h"

/* What a rule must ask git or the disk, asked through the command that checks.
 * A NULL function: nobody knows, and the rule says nothing. */
struct resolver {
	void *data;
	/* 1 it is a commit of this repository's history, 0 it is not, -1
	 * unknown (shallow, missing objects) */
	int (*commit)(void *data, const char *name);
	/* likewise a tag */
	int (*tag)(void *data, const char *name);
	/* likewise what a side of a range names, and a file or folder, by
	 * its path from the root */
	int (*rev)(void *data, const char *name);
	int (*file)(void *data, const char *path);
	/* the retro of that id, or NULL */
	const struct retro *(*retro)(void *data, const char *id);
};

struct rule_input {
	struct arena *arena;
	struct diags *diags;
	const struct policy *policy;
	struct retro *retro;
	const struct resolver *resolver;
};

enum {
	RULE_ALLOW = 1,    /* a line can be excused from it (allow.h) */
	RULE_OPTIONAL = 2, /* too often wrong to be on unless a team wants it */
};

struct rule {
	const char *id;
	enum diag_level note;  /* a file that has no `id:` */
	enum diag_level draft; /* status draft */
	enum diag_level final; /* every other status */
	const char *reason;    /* why it matters, one line */
	const char *hint;      /* the way out, one line */
	void (*check)(const struct rule *rule, struct rule_input *in);
	unsigned flags;
};

extern const struct rule rule_table[];
extern const size_t rule_count;

const struct rule *rule_find(const char *id); /* NULL if unknown */

/* The two ends of a range as it is written; false if it is none. An end that is
 * left out is "". */
bool rule_range_ends(const char *ends[2], struct arena *a, const char *range);

/* Gives the problems from index `from` on their level for this retro; those
 * whose level is off are dropped. */
void rule_settle(struct diags *diags, size_t from, const struct retro *retro);

/* Drops the problems that the policy's `rules` switch off, and gives those
 * whose level it sets that level. */
void rule_override(struct diags *diags, const struct policy *policy);

/* Runs every rule over one retro, but for those that are off. */
void rule_check(struct rule_input *in);

/* What only shows across retros: an id that two files bear (rule
 * duplicate-id, reported at each, naming the other). */
void rule_check_all(struct arena *a, struct diags *diags,
		    const struct retros *retros);

#endif
