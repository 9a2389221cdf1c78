/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one string builder. `p` is always a valid NUL-terminated string (before
 * the first byte is added it points to a shared empty one), `n` is its length
 * in bytes without the NUL; the bytes may themselves contain NUL.
 *
 *	struct buf b = BUF_INIT;
 *	buf_addf(&b, "%d", 42);
 *	...
 *	buf_release(&b);
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include "base/attr.h"

struct buf {
	char *p;
	size_t n;
	size_t cap; /* 0 while `p` is the shared empty string */
};

extern char buf_empty[1];
#define BUF_INIT                                                               \
	{                                                                      \
		buf_empty, 0, 0                                                \
	}

void buf_init(struct buf *b);
void buf_release(struct buf *b); /* and is usable again, empty */
void buf_reset(struct buf *b);   /* empty, memory kept */
void buf_reserve(struct buf *b, size_t extra);
void buf_truncate(struct buf *b, size_t n); /* n <= b->n */

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_addstr(struct buf *b, const char *s);
void buf_addch(struct buf *b, char c);
void buf_fill(struct buf *b, char c, size_t times);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_vaddf(struct buf *b, const char *fmt, va_list ap) PRINTF(2, 0);

/* Puts `n` bytes in place of the `len` bytes at `at`. */
void buf_splice(struct buf *b, size_t at, size_t len, const void *bytes,
		size_t n);

/* Gives the string away (to be freed by the caller) and leaves `b` empty. */
MUST_USE char *buf_detach(struct buf *b);

#endif
