/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/oidset.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void oidset_release(struct oidset *set)
{
	free(set->slots);
	*set = (struct oidset)OIDSET_INIT;
}

/* The slot that holds the id, or the free one where it would go. */
static struct oid *find(const struct oidset *set, const struct oid *oid)
{
	size_t at;

	memcpy(&at, oid->raw, sizeof(at));
	for (at &= set->cap - 1;; at = (at + 1) & (set->cap - 1))
		if (oid_is_zero(&set->slots[at]) ||
		    oid_equal(&set->slots[at], oid))
			return &set->slots[at];
}

static void grow(struct oidset *set)
{
	struct oidset bigger = OIDSET_INIT;

	bigger.cap = set->cap ? set->cap * 2 : 64;
	bigger.slots = mem_calloc(bigger.cap, sizeof(*bigger.slots));
	bigger.nr = set->nr;
	bigger.has_zero = set->has_zero;
	for (size_t i = 0; i < set->cap; i++)
		if (!oid_is_zero(&set->slots[i]))
			*find(&bigger, &set->slots[i]) = set->slots[i];
	free(set->slots);
	*set = bigger;
}

bool oidset_add(struct oidset *set, const struct oid *oid)
{
	struct oid *slot;
	bool had_zero = set->has_zero;

	if (oid_is_zero(oid)) {
		set->has_zero = true;
		return !had_zero;
	}
	if (set->nr * 2 >= set->cap)
		grow(set);
	slot = find(set, oid);
	if (!oid_is_zero(slot))
		return false;
	*slot = *oid;
	set->nr++;
	return true;
}

bool oidset_has(const struct oidset *set, const struct oid *oid)
{
	if (oid_is_zero(oid))
		return set->has_zero;
	return set->cap && !oid_is_zero(find(set, oid));
}
