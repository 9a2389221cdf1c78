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

struct blame_work {
	size_t lines; /* that were asked about, at most 10,000 */
	bool around;  /* nothing was deleted: those around what was added */
	size_t files, read; /* that have such lines; that time was enough for */
};

/* Most lines first, of what a commit deletes; where it deletes nothing, of the
 * three lines on both sides of what it adds. Lines without a letter or a digit are left out, and so are
 * those from before history is cut off. A merge is taken against its first
 * parent; a root takes nothing away. It takes no longer than a second and a
 * half, the files with the most lines first; a progress line on a terminal. */
MUST_USE struct err *blame_change(struct blamed_lines *out,
				  struct blame_work *work, struct arena *a,
				  struct repo *repo, const struct oid *commit);

#endif
