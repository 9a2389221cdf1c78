/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A set of object ids, for "have I seen this one?". Open addressing; ids are
 * hashes already, so their first bytes are the hash.
 */
#ifndef GIT_OIDSET_H
#define GIT_OIDSET_H

#include <stdbool.h>
#include <stddef.h>

#include "git/oid.h"

struct oidset {
	struct oid *slots; /* zeros: free */
	size_t nr, cap;    /* cap is a power of two, or 0 */
	bool has_zero;
};

#define OIDSET_INIT                                                            \
	{                                                                      \
		NULL, 0, 0, false                                              \
	}

void oidset_release(struct oidset *set); /* and is usable again, empty */
/* True if it was not there yet. */
bool oidset_add(struct oidset *set, const struct oid *oid);
bool oidset_has(const struct oidset *set, const struct oid *oid);

#endif
