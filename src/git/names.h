/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The names that a commit changes, and which commits before it changed the
 * same: what a fix repairs is often in other lines, or other files, than those
 * that the fix touches. A name is a word of four letters, digits or underscores
 * and more in a line that goes or comes. Asked of git (`git log -p`).
 */
#ifndef GIT_NAMES_H
#define GIT_NAMES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"

struct namesake {
	struct oid commit;
	size_t names; /* of the names, so many */
	double share; /* of what they weigh, the rarer the more: at most 1 */
	double focus; /* what they weigh, against all that it changes */
};

struct namesakes {
	struct VEC_OF(struct namesake) list;
	size_t total; /* names of the commit */
};

/* Those of the hundred commits before this one that change a name which it
 * changes. Merges are left out, and nothing is found where objects are missing.
 * It takes half a second at most, the nearest commits first. */
MUST_USE struct err *names_before(struct namesakes *out, struct arena *a,
				  struct repo *repo, const struct oid *commit);

#endif
