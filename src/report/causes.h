/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a fix fixes: what its message names, then the commits that its content
 * speaks for: who wrote the lines that it deleted and those beside them, who
 * changed the same names not long before, how old they are, and by whom.
 */
#ifndef REPORT_CAUSES_H
#define REPORT_CAUSES_H

#include "base/arena.h"
#include "base/err.h"
#include "git/blame.h"
#include "git/repo.h"
#include "report/suggest.h"

/* A few, the likeliest first. `work` says how far blame came. */
MUST_USE struct err *causes_find(struct suggestions *out,
				 struct blame_work *work, struct arena *a,
				 struct repo *repo, const struct oid *fix);

#endif
