/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules that `check` holds a retro to, one table: id, level, reason, way
 * out, and the function that looks. Rules about reading itself (yaml,
 * encoding, ...) have no function: the reader reports them.
 */
#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include "model/diag.h"
#include "model/policy.h"
#include "model/retro.h"

/* What a rule must ask git or the disk, asked through the command that checks.
 * A NULL function: nobody knows, and the rule says nothing. */
struct resolver {
	void *data;
	/* 1 it is a commit of this repository, 0 it is not, -1 unknown
	 * (shallow, missing objects) */
	int (*commit)(void *data, const char *name);
	/* likewise a tag */
	int (*tag)(void *data, const char *name);
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

struct rule {
	const char *id;
	enum diag_level note;  /* a file that has no `id:` */
	enum diag_level draft; /* status draft */
	enum diag_level final; /* every other status */
	const char *reason;    /* why it matters, one line */
	const char *hint;      /* the way out, one line */
	void (*check)(const struct rule *rule, struct rule_input *in);
};

extern const struct rule rule_table[];
extern const size_t rule_count;

const struct rule *rule_find(const char *id); /* NULL if unknown */

/* Gives the problems from index `from` on their level for this retro; those
 * whose level is off are dropped. */
void rule_settle(struct diags *diags, size_t from, const struct retro *retro);

/* Runs every rule over one retro. */
void rule_check(struct rule_input *in);

/* What only shows across retros: an id that two files bear (rule
 * duplicate-id, reported at each, naming the other). */
void rule_check_all(struct arena *a, struct diags *diags,
		    const struct retros *retros);

#endif
