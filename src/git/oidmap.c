/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/oidmap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void oidmap_release(struct oidmap *map)
{
	free(map->slots);
	*map = (struct oidmap)OIDMAP_INIT;
}

/* Ids are hashes, but for those that somebody wrote down: no byte is left out.
 */
static size_t hash_oid(const struct oid *id)
{
	uint64_t words[2];
	uint32_t last;

	memcpy(words, id->raw, sizeof(words));
	memcpy(&last, id->raw + sizeof(words), sizeof(last));
	words[0] ^= (words[1] ^ last) * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(words[0] ^ words[0] >> 32);
}

/* The slot of the id, or the free one where it belongs. */
static struct oidmap_slot *map_slot(const struct oidmap *map,
				    const struct oid *id)
{
	size_t at = hash_oid(id) & (map->cap - 1);

	while (map->slots[at].value && !oid_equal(&map->slots[at].id, id))
		at = (at + 1) & (map->cap - 1);
	return &map->slots[at];
}

static void grow_map(struct oidmap *map)
{
	struct oidmap old = *map;

	map->cap = old.cap ? old.cap * 2 : 64;
	map->slots = mem_calloc(map->cap, sizeof(*map->slots));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].value)
			*map_slot(map, &old.slots[i].id) = old.slots[i];
	free(old.slots);
}

bool oidmap_add(struct oidmap *map, const struct oid *id, size_t value)
{
	struct oidmap_slot *at;

	if (map->nr * 2 >= map->cap)
		grow_map(map);
	at = map_slot(map, id);
	if (at->value)
		return false;
	at->id = *id;
	at->value = value + 1;
	map->nr++;
	return true;
}

bool oidmap_get(size_t *value, const struct oidmap *map, const struct oid *id)
{
	const struct oidmap_slot *at = map->cap ? map_slot(map, id) : NULL;

	if (!at || !at->value)
		return false;
	if (value)
		*value = at->value - 1;
	return true;
}
