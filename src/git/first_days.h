/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When each file below a folder came into its repository, which need not be
 * ours: the author's day of the first commit that has its path.
 */
#ifndef GIT_FIRST_DAYS_H
#define GIT_FIRST_DAYS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"

struct first_day {
	const char *path; /* from the folder */
	int32_t day;
};
struct first_days VEC_OF(struct first_day); /* sorted */

/* `dir` is absolute. None, where git cannot tell: no repository, one that
 * belongs to somebody else, or a shallow clone. */
void first_days_read(struct first_days *out, struct arena *a, const char *dir);
/* DAY_NONE if it is not known. */
int32_t first_days_of(const struct first_days *days, const char *path);

#endif
