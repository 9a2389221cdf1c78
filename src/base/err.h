/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An error is a value. A function that can fail returns `struct err *`: NULL
 * is success, anything else belongs to the caller, who passes it up (with
 * context, if that helps the reader) or frees it. A lower error is never
 * overwritten. Text is one line, without a full stop: what happened and where;
 * the hint says what to do next.
 *
 * Running out of memory is not an error value: see mem.h.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/attr.h"

enum err_code {
	ERR_FAILED,      /* anything else; exit 128 */
	ERR_USAGE,       /* the command line is wrong; exit 129 */
	ERR_NOT_FOUND,   /* what was named does not exist */
	ERR_EXISTS,      /* refused: it is there already */
	ERR_UNSUPPORTED, /* a repository or file of a kind we do not read */
	ERR_INTERRUPTED, /* the person said stop */
	ERR_MISSING,     /* git lacks objects here: a partial clone */
	ERR_NO_MATCH,    /* git has looked, and there is none */
	ERR_REFUSED,     /* git ended with an exit code of its own */
};

struct err {
	enum err_code code;
	char *text;
	char *hint; /* or NULL */
};

MUST_USE struct err *err_new(enum err_code code, const char *fmt, ...)
	PRINTF(2, 3);

/* `fmt`, then ": " and strerror(errno). ENOENT gives ERR_NOT_FOUND, EEXIST
 * ERR_EXISTS, the rest ERR_FAILED. */
MUST_USE struct err *err_errno(const char *fmt, ...) PRINTF(1, 2);

/* Puts `fmt` and ": " in front of the text. Returns `e`; NULL stays NULL. */
MUST_USE struct err *err_context(struct err *e, const char *fmt, ...)
	PRINTF(2, 3);

/* Sets the hint if there is none yet. Returns `e`; NULL stays NULL. */
MUST_USE struct err *err_hint(struct err *e, const char *fmt, ...) PRINTF(2, 3);

/* NULL is allowed. */
void err_free(struct err *e);

/* Frees an error that says no more than that there is none of what was looked
 * for (ERR_NOT_FOUND, ERR_NO_MATCH, ERR_MISSING), that it is of no use
 * (ERR_UNSUPPORTED), or that git says no (ERR_REFUSED): that is known then. Any
 * other leaves open whether there is one; the first of those is kept, and
 * main.c tells it: an answer that may lack something does not pass for a whole
 * one. NULL is allowed. Threads may call it. */
void err_pass(struct err *e);
/* The one that was kept; NULL if there was none. Borrowed. */
const struct err *err_kept(void);

#endif
