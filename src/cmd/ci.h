/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `init --ci` writes for a forge or for pre-commit: a file of the team's
 * own from then on.
 */
#ifndef CMD_CI_H
#define CMD_CI_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/policy.h"

/* One that `init --ci` knows. */
struct ci {
	const char *name; /* "github" */
	const char *path; /* from the root */
	const char *next; /* what a person must still do, a line; or NULL */
};

/* ERR_USAGE, naming those there are. */
MUST_USE struct err *ci_find(const struct ci **out, const char *name);

/* Appends the file. `tags` are the patterns of releases. */
void ci_fill(struct buf *out, struct arena *a, const struct ci *ci,
	     const struct policy *policy, const struct strs *tags);

#endif
