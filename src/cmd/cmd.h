/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A command: one file in cmd/ that exports one of these, and one row in
 * table.h. It says what it needs, so `run` starts at its subject.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/opt.h"
#include "cmd/table.h"
#include "git/config.h"
#include "git/repo.h"
#include "model/diag.h"
#include "model/policy.h"

enum {
	CMD_REPO = 1,      /* a repository; `policy` is then its */
	CMD_WORK_TREE = 2, /* and it is not bare */
	CMD_PAGER = 4,     /* long output goes through the pager */
	CMD_HIDDEN = 8,    /* not in the help */
	CMD_HOOK = 16,     /* git calls it, not a person: every argument is
			    * git's, and a failure is one line and exit code
			    * 0 */
	CMD_INDEX = 32,    /* it reads the index of the work tree, unless --at
			    * or --history is given */
	CMD_MANY = 64,     /* it asks those of --repos itself */
};

/* Exit codes, as git's. */
enum {
	EXIT_DONE = 0,
	EXIT_NEGATIVE = 1,
	EXIT_UNKNOWN = 2,
	EXIT_FAILED = 128,
	EXIT_USAGE = 129
};

/* Rows that several option tables have; a struct `type` has the field. */
#define CMD_OPT_AT(type)                                                       \
	OPT_STRING(0, "at", type, at, "<rev>", N_("as of this revision"))
#define CMD_OPT_WIDE(type)                                                     \
	OPT_BOOL(0, "wide", type, wide,                                        \
		 N_("do not cut to the width of the terminal"))

struct cmd;

/* What a command runs in. Everything is borrowed from main(). */
struct env {
	const struct cmd *cmd;
	struct arena *arena;
	struct repo *repo; /* NULL unless CMD_REPO */
	struct config *config;
	struct policy policy;
	struct diags policy_diags; /* problems of `.retro.yml` */
	const void *args;          /* the command's own struct, filled */
	struct strs rest;          /* arguments that are no options */
	bool no_pager;             /* git retro --no-pager */
	int status;                /* exit code, EXIT_DONE unless set */
	struct buf *out;           /* takes the output; NULL: stdout */
};

struct cmd {
	const char *name;
	const char *summary;         /* one line, for the list of commands */
	const char *const *usage;    /* lines behind "git retro "; NULL ends */
	const char *const *examples; /* lines that can be typed as they are;
				      * NULL ends. NULL: it has none */
	const struct opt *opts;
	size_t args_size; /* of the struct that the options fill */
	unsigned needs;
	struct err *(*run)(struct env *env);
};

/* Every command, in the order of the help; ends with NULL. */
extern const struct cmd *const cmd_table[];
const struct cmd *cmd_find(const char *name); /* NULL if unknown */
/* ERR_USAGE for a command that there is not, with the nearest one as hint. */
MUST_USE struct err *cmd_unknown(struct arena *a, const char *name);

/* Appends the usage and options of one command; the list of all commands. */
void cmd_usage(struct buf *out, const struct cmd *cmd);
void cmd_overview(struct buf *out);

/* Sends gathered output to stdout, through the pager if the command asked for
 * one and there is a terminal. */
MUST_USE struct err *cmd_print(struct env *env, const struct buf *out);

/* To stdout at once. That it failed is said when the command ends, so why is
 * kept: the first errno, 0 if all was written. */
void cmd_write(const struct buf *out);
int cmd_write_error(void);

/* One line on stderr if some of what was read has errors: a list that leaves
 * something out says so. `at` is the revision it was read at; NULL: now. */
void cmd_hint_unread(const struct diags *diags, const char *at);
/* How many errors it told of. */
size_t cmd_unread(void);

/* --- cmd/many.c: --repos --- */

/* The repositories to be asked; NULL: the one here. */
const char *cmd_repos(const struct env *env);
/* Runs the command in each of them, with the arguments it was given. */
MUST_USE struct err *cmd_many(struct env *env, const char *format, int argc,
			      const char *const *argv);

/* What stands between the lines of two repositories, as between those of two
 * files; "" for nothing. In the arena. */
const char *cmd_grep_between(struct env *env);

/* A folder as the person typed it, from the root of the file system, links
 * followed as far as there are folders. In the arena. */
MUST_USE struct err *cmd_output_folder(const char **out, struct arena *a,
				       const char *path);

extern const struct cmd cmd_brief; /* `git retro` alone */
#define CMD_NO_TITLE(title)
#define CMD_DECLARE(name) extern const struct cmd cmd_##name;
CMD_TABLE(CMD_NO_TITLE, CMD_DECLARE)

#endif
