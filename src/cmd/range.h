/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two ends of history as a reviewer means them, "A..B" or "A...B": what the
 * side of B did since both were one, as `git diff A...B` has it. On a forge A
 * is the branch that a pull request goes to, which moves on in the meantime,
 * and what was done there is not the request's.
 */
#ifndef CMD_RANGE_H
#define CMD_RANGE_H

#include <stdbool.h>

#include "base/err.h"
#include "cmd/cmd.h"
#include "git/oid.h"

struct rev_range {
	struct oid from; /* the merge base */
	struct oid onto; /* A */
	struct oid to;   /* B */
};

/* An end that is left out is HEAD. ERR_NOT_FOUND for one that there is not, and
 * where both have no common ancestor. */
MUST_USE struct err *range_read(struct rev_range *out, struct env *env,
				const char *text);

/* The same of two names. */
MUST_USE struct err *range_between(struct rev_range *out, struct env *env,
				   const char *from, const char *to);

#endif
