/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/sparse_cache.h"

#include <stdlib.h>

#include "base/mem.h"
#include "git/batch.h"

struct sparse_cache *sparse_cache_new(void)
{
	struct sparse_cache *cache = mem_calloc(1, sizeof(*cache));

	pthread_mutex_init(&cache->lock, NULL);
	return cache;
}

void sparse_cache_free(struct sparse_cache *cache)
{
	if (!cache)
		return;
	batch_free(cache->batch);
	arena_release(&cache->arena);
	pthread_mutex_destroy(&cache->lock);
	free(cache);
}
