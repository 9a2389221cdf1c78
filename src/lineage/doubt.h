/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commits that are said to make the same change, and have few lines in common:
 * that is told with a word of doubt.
 */
#ifndef LINEAGE_DOUBT_H
#define LINEAGE_DOUBT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "git/oid.h"
#include "git/repo.h"

struct doubt {
	struct oid one, other;
	bool few; /* under a fifth of the lines of the smaller */
};

/* Judges each pair; a merge, one without lines, and one of which objects are
 * missing is not doubted, nor is what comes after the first few hundred
 * commits. Kept in <common_dir>/retro/doubts, which is disposable. */
MUST_USE struct err *doubt_judge(struct doubt *doubts, size_t nr,
				 struct repo *repo);

#endif
