/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Merged answers as text, by the views of a single repository where they fit.
 */
#ifndef MANY_SHOW_H
#define MANY_SHOW_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "git/config.h"
#include "view/object.h"
#include "view/style.h"

struct many {
	/* set by the caller */
	struct arena *arena;
	const struct config *config;
	const char *command;
	const char *const *argv; /* its arguments */
	size_t argc;
	const char *where;   /* many_repos_find() */
	const char *format;  /* asked for: "json" */
	const char *sort;    /* query.h; or NULL */
	const char *output;  /* of `site`: the folder, */
	const char *url;     /* the address that it will have, or NULL, */
	bool force;          /* and whether files of others may be in it */
	size_t limit;        /* of `search`; 0: all */
	bool recurring;      /* of `pitfalls` */
	const char *between; /* of `grep`: between those of two repositories */
	bool twins;          /* of `audit` */
	struct style style;
	/* the outcome */
	bool exposed_twins; /* some were found */
	bool unasked_twins; /* somebody could not be asked for them */
	bool unread;        /* some repository could not be read at all */
	int status;         /* exit code */
	struct buf *out;    /* what it prints; the caller's */
	struct buf *said;   /* lines for stderr; the caller's */
};

/* Each takes the merged JSON, puts its list in order, and prints it in the
 * format asked for, but for JSON and NDJSON. */
typedef void many_show_fn(struct many *many, json_t *json);
many_show_fn many_show_list, many_show_search, many_show_pitfalls,
	many_show_actions, many_show_audit, many_show_status;

#endif
