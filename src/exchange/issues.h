/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Actions and the issues of a forge, one way each: an issue is opened for an
 * action, whose text then ends with its address; and of issues that were closed
 * since it is said what closes their actions here. The forge's own program does
 * the talking.
 */
#ifndef EXCHANGE_ISSUES_H
#define EXCHANGE_ISSUES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "corpus/actions.h"

enum issue_program { ISSUES_GH, ISSUES_GLAB };
extern const char *const issue_programs[]; /* for OPT_CHOICE */

struct issues {
	struct arena *arena;
	enum issue_program program;
	bool dry_run;
	struct buf *out; /* what is said; the caller's */
	/* Writes the address behind the text of the action. */
	struct err *(*link)(void *data, const struct listed_action *listed,
			    const char *url);
	void *data;
};

/* Opens an issue for each open action with a number whose text has no address
 * of one. The issue bears the action's name, by which one that was opened
 * before is found again. Ends at the first that fails. */
MUST_USE struct err *issues_push(struct issues *issues,
				 const struct listed_actions *actions);

/* Says for each open action whose issue is closed by which command it is. */
MUST_USE struct err *issues_pull(struct issues *issues,
				 const struct listed_actions *actions);

#endif
