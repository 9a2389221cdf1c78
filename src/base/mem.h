/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Heap memory that is never NULL: when there is none left the process says so
 * and exits with 128, the one exit that is not in main.c. Sizes that come from
 * a file are bounded before they get here. Everything here is freed with
 * free().
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#include "base/attr.h"

/* There is none left, as a library says in its own way. */
NORETURN void mem_none(void);

MUST_USE void *mem_alloc(size_t size);                /* not zeroed */
MUST_USE void *mem_calloc(size_t count, size_t size); /* zeroed */
MUST_USE void *mem_realloc(void *p, size_t size);
MUST_USE char *mem_strdup(const char *s);

#endif
