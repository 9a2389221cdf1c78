/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that is freed all at once. The model of a command lies in one arena,
 * so no struct in it has a free function of its own. Memory from an arena is
 * zeroed and aligned for any type.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/attr.h"

struct arena_block;

struct arena {
	struct arena_block *last;
};

#define ARENA_INIT                                                             \
	{                                                                      \
		NULL                                                           \
	}

void arena_init(struct arena *a);
void arena_release(struct arena *a); /* and is usable again, empty */
/* The same, but one block is kept for the next use: no malloc() per item. */
void arena_clear(struct arena *a);
/* Moves all blocks of `from` to `a`: pointers into them stay valid as long as
 * `a`. `from` is empty then. */
void arena_take(struct arena *a, struct arena *from);

MUST_USE void *arena_alloc(struct arena *a, size_t size);
MUST_USE char *arena_strdup(struct arena *a, const char *s);
/* `n` bytes and a NUL after them. */
MUST_USE char *arena_strndup(struct arena *a, const char *s, size_t n);
MUST_USE char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

#endif
