/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which commits last touched the lines that a commit took away: where a fix
 * deletes what was wrong, they are where the wrong came from. Asked of git
 * (`git diff-tree`, `git blame -w`).
 */
#ifndef GIT_BLAME_H
#define GIT_BLAME_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"

struct blamed {
	struct oid commit;
	size_t lines;
};
struct blamed_lines VEC_OF(struct blamed);

/* Most lines first. Lines without a letter or a digit are left out, and so are
 * those from before history is cut off. A merge is taken against its first
 * parent; a root takes nothing away. *total is the number of lines asked
 * about, at most 10,000. */
MUST_USE struct err *blame_deleted(struct blamed_lines *out, size_t *total,
				   struct arena *a, struct repo *repo,
				   const struct oid *commit);

#endif
