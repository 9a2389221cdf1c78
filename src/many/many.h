/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One answer of many repositories: that of each, put together. A retro is
 * named `<repository>:<id>` there, and in JSON has the key "repo" beside its
 * own. What one repository cannot answer is told, and the others answer all
 * the same.
 */
#ifndef MANY_MANY_H
#define MANY_MANY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "git/config.h"
#include "many/ask.h"
#include "view/style.h"

struct many {
	/* set by the caller */
	struct arena *arena;
	const struct config *config;
	const char *command;
	const char *const *argv; /* its arguments */
	size_t argc;
	const char *where;  /* many_repos_find() */
	const char *format; /* asked for: "json" */
	const char *sort;   /* query.h; or NULL */
	const char *output; /* of `site`: the folder */
	size_t limit;       /* of `search`; 0: all */
	bool recurring;     /* of `pitfalls` */
	struct style style;
	/* the outcome */
	int status;       /* exit code */
	struct buf *out;  /* what it prints; the caller's */
	struct buf *said; /* lines for stderr; the caller's */
};

/* Whether the command can be asked of many, and in this format; else
 * ERR_USAGE. */
MUST_USE struct err *many_check(const char *command, const char *format);

MUST_USE struct err *many_run(struct many *many);

#endif
