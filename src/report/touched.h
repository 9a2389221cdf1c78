/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files that commits touched, by the names which they have now: a file
 * that was renamed since is found by its new name. What a commit touched never
 * changes, so it is asked of git once and kept in <common_dir>/retro/touched,
 * with the marks (front/marks.h) of what it did to each file, and where each
 * file went that is no longer there. That file is disposable: without it the
 * answer is the same and takes longer.
 */
#ifndef REPORT_TOUCHED_H
#define REPORT_TOUCHED_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"

/* A commit that touched more files than this was no fix of one place: it is
 * left out. */
#define TOUCHED_MAX 50

struct touched {
	size_t commit;       /* its place in what was asked */
	const char *path;    /* as it is called now; if it is gone, as it was */
	const char *then;    /* what the commit called it; NULL: the same */
	const char *marks;   /* TOUCHED_MARK bytes each: kind and hash */
	const char *request; /* by which the commit came, as its message has the
			      * number ("#12"); "": none is known */
};
struct touched_list VEC_OF(struct touched);

#define TOUCHED_MARK 17

/* Whether the commit did to the file what a mark of this hash says: the kind of
 * its own mark, else 0. */
char touched_has(const struct touched *touched, uint64_t hash);

/* In the order of the commits, which must be here. Merges against their first
 * parent. Of those that are not kept yet the last `most` are asked for, and those
 * of which git cannot say what they changed count as nothing; `*unread` is how
 * many are left for later. With 0 all are asked for, and what git cannot say is
 * an error. */
MUST_USE struct err *touched_load(struct touched_list *out, struct arena *a,
				  struct repo *repo, const struct oids *commits,
				  size_t most, size_t *unread);

#endif
