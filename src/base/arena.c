/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/mem.h"

#define BLOCK_SIZE ((size_t)64 << 10)
#define MAP_SIZE   ((size_t)256 << 10)
#define ALIGN      alignof(max_align_t)

struct arena_block {
	struct arena_block *previous;
	size_t used, size; /* of `bytes` */
	bool mapped;
	alignas(max_align_t) char bytes[];
};

/* A very large one is mapped at once: page by page, as it is filled, that takes
 * the kernel several times as long. NULL if it is not that, or cannot be had
 * so. */
static struct arena_block *map_block(size_t size)
{
	size_t whole = sizeof(struct arena_block) + size;
	struct arena_block *block;

	if (size < MAP_SIZE)
		return NULL;
	block = mmap(NULL, whole, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (block == MAP_FAILED)
		return NULL;
	block->mapped = true;
	return block;
}

static void drop_block(struct arena_block *block)
{
	if (block->mapped)
		munmap(block, sizeof(*block) + block->size);
	else
		free(block);
}

void arena_init(struct arena *a)
{
	a->last = NULL;
}

void arena_release(struct arena *a)
{
	while (a->last) {
		struct arena_block *previous = a->last->previous;

		drop_block(a->last);
		a->last = previous;
	}
}

void arena_take(struct arena *a, struct arena *from)
{
	struct arena_block **oldest = &from->last;

	while (*oldest)
		oldest = &(*oldest)->previous;
	*oldest = a->last;
	a->last = from->last;
	from->last = NULL;
}

static struct arena_block *grow_arena(struct arena *a, size_t size)
{
	struct arena_block *block = map_block(size);

	if (!block)
		block = mem_calloc(1, sizeof(*block) + size);
	block->size = size;
	/* A large one goes behind the block that still has room. */
	if (a->last && size != BLOCK_SIZE) {
		block->previous = a->last->previous;
		a->last->previous = block;
	} else {
		block->previous = a->last;
		a->last = block;
	}
	return block;
}

void *arena_alloc(struct arena *a, size_t size)
{
	struct arena_block *block = a->last;
	void *p;

	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if (!block || block->size - block->used < size)
		block = grow_arena(a,
				   size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE);
	p = block->bytes + block->used;
	block->used += size;
	return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	if (n)
		memcpy(p, s, n);
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

/* Most of what is formatted is no longer. */
#define USUAL 60

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	char usual[USUAL + 1], *p;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(usual, sizeof(usual), fmt, ap);
	va_end(ap);
	if (n <= USUAL)
		return arena_strndup(a, usual, n > 0 ? (size_t)n : 0);
	p = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}
