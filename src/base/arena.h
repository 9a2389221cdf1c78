/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that is freed all at once. One arena per command has the model, so
 * no struct in it has a free function of its own. Memory from an arena is
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
/* The same, but it keeps a block, for what is done very often. */
void arena_clear(struct arena *a);
/* All that lies in `from` lives on in `a`; `from` is empty. */
void arena_take(struct arena *a, struct arena *from);

MUST_USE void *arena_alloc(struct arena *a, size_t size);
MUST_USE char *arena_strdup(struct arena *a, const char *s);
/* `n` bytes and a NUL after them. */
MUST_USE char *arena_strndup(struct arena *a, const char *s, size_t n);
MUST_USE char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

#endif
