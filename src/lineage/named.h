/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who names an action or a pitfall of a retro by its number, as "<id>#A2": the
 * messages of commits and the files of the work tree. A longer number, or that of
 * another retro, is not it; upper and lower case are the same.
 */
#ifndef LINEAGE_NAMED_H
#define LINEAGE_NAMED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"

/* Appends the commits that name it, the newest first, 20 at most, of all that a
 * ref or HEAD reaches. *all: there was time until `deadline` (clock_ms()) to look
 * through every one; else nothing is appended. */
MUST_USE struct err *named_by_commits(struct oids *out, bool *all,
				      struct arena *a, const char *id,
				      const char *number, int64_t deadline);

/* Appends all numbers ("A2", as they are written) that commits of a ref or HEAD,
 * or files of the work tree but `own` (from the root), name of this retro. False:
 * there may be others, since they could not be looked through until
 * `deadline`. */
bool named_numbers(struct strs *out, struct arena *a, const char *id,
		   const char *own, int64_t deadline);

#endif
