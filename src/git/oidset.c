/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/oidset.h"

void oidset_release(struct oidset *set)
{
	oidmap_release(&set->map);
}

bool oidset_add(struct oidset *set, const struct oid *oid)
{
	return oidmap_add(&set->map, oid, 0);
}

bool oidset_has(const struct oidset *set, const struct oid *oid)
{
	return oidmap_get(NULL, &set->map, oid);
}
