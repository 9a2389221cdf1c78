/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A diagnostic is a problem of a document, not of the program: it goes into a
 * list, and reading goes on. Its rule (rules.h) gives its level and the usual
 * way out.
 */
#ifndef MODEL_DIAG_H
#define MODEL_DIAG_H

#include <stddef.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/vec.h"
#include "model/rules.h"

/* A place in a file. Line and column count from 1, the column in characters;
 * 0 means the file as a whole. */
struct pos {
	size_t byte;
	int line, column;
};

/* What would put a problem right: `text` in place of `len` bytes of the file.
 * */
struct fix {
	size_t at, len;
	const char *text;
};

struct diag {
	const char *path; /* as the person would name the file */
	struct pos pos;
	enum diag_level level;
	const char *rule; /* the name of a rule */
	const char *text; /* one line, no full stop, already clean */
	const char *hint; /* what to do, or NULL */

	const struct fix *fix; /* NULL: a person must decide */
	/* `text` and `hint` are English, for programs; these are their phrases
	 * (base/phrase.h), for people. NULL: they are phrases themselves. */
	const char *said, *advice;
};

/* The place of a byte of a file. Only \n ends a line (so does \r\n); a BOM in
 * front takes no column. */
struct pos diag_pos(const char *bytes, size_t byte);

struct diags {
	struct arena *arena; /* texts live here */
	struct diag *at;
	size_t nr, cap;
};

/* Adds a problem, at the rule's level for a draft until diag_settle(). `fmt`
 * is marked by N_(); `hint` is a phrase, NULL takes the rule's own. The text
 * is cleaned of control characters. */
void diag_add(struct diags *diags, enum rule_id rule, const char *path,
	      struct pos pos, const char *hint, const char *fmt, ...)
	PRINTF(6, 7);

/* The same with a phrase for its text. */
void diag_add_phrase(struct diags *diags, enum rule_id rule, const char *path,
		     struct pos pos, const char *hint, const char *phrase);

/* The phrases of its text and its hint (NULL: none), for people. */
const char *diag_said(const struct diag *diag);
const char *diag_advice(const struct diag *diag);

/* Says of the problem added last what would put it right; NULL is allowed. */
void diag_fix(struct diags *diags, const struct fix *fix);

/* Gives the problems from index `from` on their level at this stage; those
 * whose level is off are dropped. */
void diag_settle(struct diags *diags, size_t from, enum rule_stage stage);

/* How many there are of this level. */
size_t diag_count(const struct diags *diags, enum diag_level level);
/* By path, then place, then rule. */
void diag_sort(struct diags *diags);
/* "error", "warning", "note" */
const char *diag_level_name(enum diag_level level);

#endif
