/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Options as a table: parsing, help, completion and the manual's list all come
 * from it. Values land in a struct of the command's own, by offset, so there
 * are no option variables.
 *
 *	struct list_args { const char *status; bool all; };
 *	static const struct opt list_opts[] = {
 *		OPT_STRING(0, "status", struct list_args, status, "<status>",
 *			   "only retros of this status"),
 *		OPT_BOOL(0, "all", struct list_args, all, "every branch"),
 *		OPT_END,
 *	};
 *
 * Long options may be shortened to a unique prefix, take "--x=v" or "--x v";
 * short ones may be bundled; "--" ends them; options and arguments may mix.
 *
 * Where the order of options and arguments means something (an expression of
 * `grep`), OPT_TOKEN rows share one field: each is kept there as two strings,
 * its name and its value ("" if it takes none), and so is each argument in
 * front of "--", under the name "".
 */
#ifndef BASE_OPT_H
#define BASE_OPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

enum opt_type {
	OPT_TYPE_END,
	OPT_TYPE_BOOL,   /* bool; --no-<name> sets it false */
	OPT_TYPE_UNSET,  /* bool set true by --no-<name>; named with its no- */
	OPT_TYPE_STRING, /* const char *; the last one wins */
	OPT_TYPE_LIST,   /* struct strs; each one is kept */
	OPT_TYPE_INT,    /* int; a whole number from 0; `number` if not given */
	OPT_TYPE_CHOICE, /* int: index into `choices`; `number` if not given */
	OPT_TYPE_WHEN,   /* int: that index plus 1, 0 if not given; --<name>
			  * alone is the first of them, --no-<name> the
			  * second */
	OPT_TYPE_SET,    /* int: becomes `number` */
	OPT_TYPE_BOTH,   /* int[2]: both become the number given */
	OPT_TYPE_TOKEN,  /* struct strs, see above */
	OPT_TYPE_OPTIONAL, /* const char *: "" of --<name> alone, NULL if not
			    * given or taken back by --no-<name> */
};

struct opt {
	enum opt_type type;
	char letter; /* or 0 */
	const char *name;
	size_t offset;
	const char *arg; /* "<status>", NULL if it takes none */
	const char *help;
	const char *const *choices; /* ends with NULL */
	int number;
};

#define OPT_BOOL(l, n, s, f, h)                                                \
	{                                                                      \
		OPT_TYPE_BOOL, l, n, offsetof(s, f), NULL, h, NULL, 0          \
	}
#define OPT_UNSET(l, n, s, f, h)                                               \
	{                                                                      \
		OPT_TYPE_UNSET, l, n, offsetof(s, f), NULL, h, NULL, 0         \
	}
#define OPT_STRING(l, n, s, f, a, h)                                           \
	{                                                                      \
		OPT_TYPE_STRING, l, n, offsetof(s, f), a, h, NULL, 0           \
	}
#define OPT_LIST(l, n, s, f, a, h)                                             \
	{                                                                      \
		OPT_TYPE_LIST, l, n, offsetof(s, f), a, h, NULL, 0             \
	}
#define OPT_INT(l, n, s, f, a, h)                                              \
	{                                                                      \
		OPT_TYPE_INT, l, n, offsetof(s, f), a, h, NULL, 0              \
	}
#define OPT_INT_OR(l, n, s, f, a, v, h)                                        \
	{                                                                      \
		OPT_TYPE_INT, l, n, offsetof(s, f), a, h, NULL, v              \
	}
#define OPT_CHOICE(l, n, s, f, a, c, h)                                        \
	{                                                                      \
		OPT_TYPE_CHOICE, l, n, offsetof(s, f), a, h, c, 0              \
	}
/* -1 if not given. */
#define OPT_CHOICE_OR_NONE(l, n, s, f, a, c, h)                                \
	{                                                                      \
		OPT_TYPE_CHOICE, l, n, offsetof(s, f), a, h, c, -1             \
	}
#define OPT_WHEN(l, n, s, f, c, h)                                             \
	{                                                                      \
		OPT_TYPE_WHEN, l, n, offsetof(s, f), "<when>", h, c, 0         \
	}
#define OPT_SET(l, n, s, f, v, h)                                              \
	{                                                                      \
		OPT_TYPE_SET, l, n, offsetof(s, f), NULL, h, NULL, v           \
	}
#define OPT_BOTH(l, n, s, f, a, h)                                             \
	{                                                                      \
		OPT_TYPE_BOTH, l, n, offsetof(s, f), a, h, NULL, 0             \
	}
#define OPT_TOKEN(l, n, s, f, a, h)                                            \
	{                                                                      \
		OPT_TYPE_TOKEN, l, n, offsetof(s, f), a, h, NULL, 0            \
	}
#define OPT_OPTIONAL(l, n, s, f, a, h)                                         \
	{                                                                      \
		OPT_TYPE_OPTIONAL, l, n, offsetof(s, f), a, h, NULL, 0         \
	}
/* The repositories that a command asks together; main.c sees to it. */
extern const char opt_repos_help[];
#define OPT_REPOS(s)                                                           \
	OPT_OPTIONAL(0, "repos", s, repos, "<path>", opt_repos_help)
#define OPT_END                                                                \
	{                                                                      \
		OPT_TYPE_END, 0, NULL, 0, NULL, NULL, NULL, 0                  \
	}

/* Ends a table under which a word after one dash, that is not an option of a
 * letter, is an argument: `search -not`. */
#define OPT_END_WORDS                                                          \
	{                                                                      \
		OPT_TYPE_END, '-', NULL, 0, NULL, NULL, NULL, 0                \
	}

/* Whether --no-<name> is a form of it. */
bool opt_has_off(const struct opt *opt);

/* Fills `args` (the struct that the table's offsets are in) and `rest` with
 * the arguments that are not options. ERR_USAGE for an unknown option, with the
 * nearest known one as hint. `argv` starts at the first argument and is
 * borrowed. */
MUST_USE struct err *opt_parse(void *args, struct strs *rest, struct arena *a,
			       const struct opt *opts, int argc,
			       const char *const *argv);

/* What the option of this name and type has in `args`: of one that takes a text
 * the text, of a choice its word, of a switch whether it is on. NULL and false
 * where the table has none. */
const char *opt_text(const struct opt *opts, const void *args,
		     enum opt_type type, const char *name);
const char *opt_choice(const struct opt *opts, const void *args,
		       const char *name);
bool opt_is_on(const struct opt *opts, const void *args, const char *name);

/* The option list of the help, one or more lines an option. */
void opt_help(struct buf *out, const struct opt *opts);

#endif
