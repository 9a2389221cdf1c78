/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From object ids to numbers, as an index into an array of what is known of
 * each. Open addressing; ids are hashes already.
 */
#ifndef GIT_OIDMAP_H
#define GIT_OIDMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "git/oid.h"

struct oidmap_slot {
	struct oid id;
	size_t value; /* plus one; 0: free */
};

struct oidmap {
	struct oidmap_slot *slots;
	size_t nr, cap;
};

#define OIDMAP_INIT                                                            \
	{                                                                      \
		NULL, 0, 0                                                     \
	}

void oidmap_release(struct oidmap *map); /* and is usable again, empty */

/* Keeps the first value of an id. False if it was there already. */
bool oidmap_add(struct oidmap *map, const struct oid *id, size_t value);
/* False if it is not there; *value may be NULL. */
bool oidmap_get(size_t *value, const struct oidmap *map, const struct oid *id);

#endif
