/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The fields of the front matter, one table: key, type, other spellings, and
 * where the value lies in struct retro. Reading, checking, showing and the
 * manual all walk this table, in its order.
 */
#ifndef MODEL_FIELD_H
#define MODEL_FIELD_H

#include <stddef.h>

#include "model/retro.h"

enum field_type {
	FIELD_STRING,   /* const char * */
	FIELD_DATE,     /* int32_t day (base/date.h) */
	FIELD_STATUS,   /* enum status */
	FIELD_KIND,     /* enum kind */
	FIELD_SEVERITY, /* int 1..5, 0 unknown */
	FIELD_LIST,     /* struct strs; one scalar reads as a list of one */
	FIELD_TIME,     /* struct field_time */
	FIELD_COMMITS,  /* struct links */
	FIELD_METRICS,  /* struct metrics */
	FIELD_MAP,      /* const struct node *, kept as it is */
	FIELD_ROWS,     /* const struct node *, a list of maps, kept as it is;
			 * one map reads as a list of one */
};

struct field {
	int number; /* in the index: a new field takes the next, wherever its
		     * row stands */
	const char *key;
	enum field_type type;
	size_t offset;              /* in struct retro */
	const char *const *aliases; /* ends with NULL; or NULL */
	const char *help; /* what it means, one line, for the manual */
};

extern const struct field field_table[];
extern const size_t field_count;

/* By key or alias (compared folded, `_` and `-` alike); NULL if unknown. */
const struct field *field_find(const char *key);

/* Appends every key and alias, for a did-you-mean. */
void field_names(struct strs *out, struct arena *a);

/* Fills the retro's fields from its front matter. What a field cannot take is
 * left unset and reported (rules type, status, kind, severity, date, time);
 * unknown keys are left to model/check.h. Never fails. */
void field_read(struct retro *retro, struct arena *a, struct diags *diags);

/* The same of retro->preamble, for the fields that the front matter does not
 * name. */
void field_read_preamble(struct retro *retro, struct arena *a,
			 struct diags *diags);

/* The line of the front matter that a field (other than a list, whose
 * spellings add up) is read from; NULL if there is none. */
const struct pair *field_pair(const struct field *field,
			      const struct retro *retro);

/* The value of a field as text, as a person would write it; "" if unset.
 * Lists are joined by ", ". In the arena. */
const char *field_text(struct arena *a, const struct field *field,
		       const struct retro *retro);

#endif
