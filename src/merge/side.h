/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One of the three texts of a merge, read as a retro.
 */
#ifndef MERGE_SIDE_H
#define MERGE_SIDE_H

#include <stdbool.h>

#include "git/text_merge.h"
#include "model/body.h"
#include "model/policy.h"
#include "model/retro.h"

/* A pitfall or an action that has a number. */
struct numbered {
	const char *number; /* "A2", as written */
	const char *words;  /* its text without number and marks */
	size_t at;          /* where the number stands; 0: not known */
	int line;
};
struct numbers VEC_OF(struct numbered);

struct side {
	struct retro *retro; /* NULL: it cannot be read as one */
	struct numbers numbers;
	struct strs headings;
	size_t faults; /* keys given twice, broken YAML, conflict markers */
};

/* `bytes` must be followed by a NUL and live as long as the arena. */
void side_read(struct side *out, struct arena *a, const char *path,
	       const struct policy *policy, const struct text *text);

/* The first that has this number; NULL if there is none. */
const struct numbered *side_number(const struct side *side, const char *number);
/* Whether a number, or a heading, is there more often than in both others. */
bool side_repeats(const struct side *side, const struct side *one,
		  const struct side *other);
/* The first number of this letter, 'A' or 'P', behind all that are taken. */
long side_next(const struct side *side, char letter);

#endif
