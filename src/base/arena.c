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

/* The first block is a small one, those behind it are not; what is larger than
 * LARGE has a block of its own. */
#define BLOCK_FIRST ((size_t)64 << 10)
#define BLOCK       ((size_t)1 << 20)
#define LARGE       ((size_t)16 << 10)
#define MAP_SIZE    ((size_t)256 << 10)
/* So much of a block gets its pages at once. */
#define STEP  ((size_t)64 << 10)
#define ALIGN alignof(max_align_t)

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* of Linux 5.14 */
#endif

/* ASan is told what of a block was handed out, so that it reports a read behind
 * the end of an allocation, and leaves a gap between two of them. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define GAP ALIGN
#else
#define GAP                                0
#define ASAN_POISON_MEMORY_REGION(at, n)   ((void)(at), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(at, n) ((void)(at), (void)(n))
#endif

struct arena_block {
	struct arena_block *previous;
	size_t used, size; /* of `bytes` */
	size_t ready;      /* of the whole block, have their pages */
	bool mapped;
	alignas(max_align_t) char bytes[];
};

/* NULL if it is small, or cannot be mapped. */
static struct arena_block *map_block(size_t size)
{
	size_t whole = sizeof(struct arena_block) + size;
	struct arena_block *block;

	if (size < MAP_SIZE)
		return NULL;
	block = mmap(NULL, whole, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (block == MAP_FAILED)
		return NULL;
	block->mapped = true;
	return block;
}

/* Several pages at once: one by one, as they are filled, takes the kernel
 * several times as long, and a page that nothing is put in takes as long as any
 * other. An older kernel gives them one by one. */
static void make_ready(struct arena_block *block, size_t used)
{
	size_t head = sizeof(*block);
	size_t end = (head + used + STEP - 1) / STEP * STEP;

	if (end > head + block->size)
		end = head + block->size;
	(void)!madvise((char *)block + block->ready, end - block->ready,
		       MADV_POPULATE_WRITE);
	block->ready = end;
}

static void drop_block(struct arena_block *block)
{
	ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
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

void arena_clear(struct arena *a)
{
	struct arena_block *block = a->last;
	struct arena older = { block ? block->previous : NULL };

	arena_release(&older);
	if (!block)
		return;
	/* What lies in a gap was not handed out. */
	ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->used);
	memset(block->bytes, 0, block->used);
	ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
	block->previous = NULL;
	block->used = 0;
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

static struct arena_block *new_block(size_t size)
{
	struct arena_block *block = map_block(size);

	if (!block)
		block = mem_calloc(1, sizeof(*block) + size);
	block->size = size;
	ASAN_POISON_MEMORY_REGION(block->bytes, size);
	return block;
}

static struct arena_block *grow_arena(struct arena *a)
{
	struct arena_block *block = new_block(a->last ? BLOCK : BLOCK_FIRST);

	block->previous = a->last;
	a->last = block;
	return block;
}

/* Goes behind the block that still has room. */
static struct arena_block *add_large(struct arena *a, size_t size)
{
	struct arena_block *block;

	if (!a->last)
		grow_arena(a);
	block = new_block(size);
	block->previous = a->last->previous;
	a->last->previous = block;
	return block;
}

void *arena_alloc(struct arena *a, size_t size)
{
	struct arena_block *block = a->last;
	size_t whole = (size + GAP + ALIGN - 1) / ALIGN * ALIGN;
	void *p;

	if (!block || block->size - block->used < whole)
		block = whole > LARGE ? add_large(a, whole) : grow_arena(a);
	p = block->bytes + block->used;
	block->used += whole;
	if (block->mapped && sizeof(*block) + block->used > block->ready)
		make_ready(block, block->used);
	ASAN_UNPOISON_MEMORY_REGION(p, size);
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

/* Without a look at locales and widths: text and "%s" alone, with up to USUAL
 * bytes. -1 if it is another format, or longer. */
static int print_texts(char *out, const char *fmt, va_list ap)
{
	size_t used = 0;

	for (size_t n; *fmt; used += n) {
		const char *text = fmt;

		if (*fmt == '%') {
			if (fmt[1] != 's')
				return -1;
			text = va_arg(ap, const char *);
			if (!text)
				return -1;
			fmt += 2;
			n = strlen(text);
		} else {
			n = strcspn(fmt, "%");
			fmt += n;
		}
		if (n > USUAL - used)
			return -1;
		memcpy(out + used, text, n);
	}
	return (int)used;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	char usual[USUAL + 1], *p;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = print_texts(usual, fmt, ap);
	va_end(ap);
	if (n >= 0)
		return arena_strndup(a, usual, (size_t)n);
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
