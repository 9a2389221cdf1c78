/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A set of object ids, for "have I seen this one?": an oidmap whose values
 * nobody asks for.
 */
#ifndef GIT_OIDSET_H
#define GIT_OIDSET_H

#include <stdbool.h>

#include "git/oid.h"
#include "git/oidmap.h"

struct oidset {
	struct oidmap map;
};

#define OIDSET_INIT                                                            \
	{                                                                      \
		OIDMAP_INIT                                                    \
	}

void oidset_release(struct oidset *set); /* and is usable again, empty */
/* True if it was not there yet. */
bool oidset_add(struct oidset *set, const struct oid *oid);
bool oidset_has(const struct oidset *set, const struct oid *oid);

#endif
