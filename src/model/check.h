/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Holding a retro to the rules (rules.h).
 */
#ifndef MODEL_CHECK_H
#define MODEL_CHECK_H

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
	/* likewise a word in any file of the newest commit but retros */
	int (*word)(void *data, const char *word);
	/* the retro of that id, or NULL */
	const struct retro *(*retro)(void *data, const char *id);
};

struct check_input {
	struct arena *arena;
	struct diags *diags;
	const struct policy *policy;
	struct retro *retro;
	const struct resolver *resolver;
};

/* Drops the problems that the policy's `rules` switch off, and gives those
 * whose level it sets that level. */
void check_override(struct diags *diags, const struct policy *policy);

/* Runs every rule over one retro, but for those that are off. */
void check_retro(struct check_input *in);

/* What only shows across retros: an id that two files bear (rule
 * duplicate-id, reported at each, naming the other). */
void check_ids(struct arena *a, struct diags *diags,
	       const struct retros *retros);

#endif
