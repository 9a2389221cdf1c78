/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In which zone a time was written that names none: in that of the author of
 * the commit that added it. Asked of `git log -p`, once for all.
 */
#ifndef GIT_TIME_ZONE_H
#define GIT_TIME_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"

struct repo;

struct zoneless {
	int64_t seconds; /* as it is written, read as UTC */
	bool found;
	int zone; /* minutes east of UTC, of the author */
};
struct zonelesses VEC_OF(struct zoneless);

/* Finds the first commit in the history of `from` (NULL: HEAD's) that wrote
 * each time in a file at or below the folder that `paths` share; whatever file
 * it is, so that a rename loses nothing. Not found is what is not committed and
 * what was there before history is cut off (a shallow clone). It walks the
 * whole history, which can take seconds. */
MUST_USE struct err *time_zones(struct zonelesses *times, struct repo *repo,
				const struct oids *from,
				const struct strs *paths);
/* What was found for these seconds; NULL: nothing. */
const struct zoneless *time_zone_of(const struct zonelesses *times,
				    int64_t seconds);

#endif
