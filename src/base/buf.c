/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

char buf_empty[1];

void buf_init(struct buf *b)
{
	b->p = buf_empty;
	b->n = b->cap = 0;
}

void buf_release(struct buf *b)
{
	if (b->cap)
		free(b->p);
	buf_init(b);
}

void buf_reset(struct buf *b)
{
	buf_truncate(b, 0);
}

void buf_reserve(struct buf *b, size_t extra)
{
	size_t need = b->n + extra + 1;

	if (need <= b->cap)
		return;
	if (need < b->cap * 2)
		need = b->cap * 2;
	if (need < 64)
		need = 64;
	b->p = mem_realloc(b->cap ? b->p : NULL, need);
	b->cap = need;
	b->p[b->n] = '\0';
}

void buf_truncate(struct buf *b, size_t n)
{
	b->n = n;
	if (b->cap)
		b->p[n] = '\0';
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
	if (!n)
		return;
	buf_reserve(b, n);
	memcpy(b->p + b->n, bytes, n);
	buf_truncate(b, b->n + n);
}

void buf_addstr(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_addch(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_fill(struct buf *b, char c, size_t times)
{
	if (!times)
		return;
	buf_reserve(b, times);
	memset(b->p + b->n, c, times);
	buf_truncate(b, b->n + times);
}

/* Most of what is formatted is no longer. */
#define USUAL 60

void buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	buf_reserve(b, USUAL);
	va_copy(again, ap);
	n = vsnprintf(b->p + b->n, USUAL + 1, fmt, again);
	va_end(again);
	if (n > USUAL) {
		buf_reserve(b, (size_t)n);
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	}
	buf_truncate(b, b->n + (n > 0 ? (size_t)n : 0));
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(b, fmt, ap);
	va_end(ap);
}

void buf_splice(struct buf *b, size_t at, size_t len, const void *bytes,
		size_t n)
{
	if (n > len)
		buf_reserve(b, n - len);
	if (!b->cap)
		return;
	memmove(b->p + at + n, b->p + at + len, b->n - at - len);
	if (n)
		memcpy(b->p + at, bytes, n);
	buf_truncate(b, b->n - len + n);
}

char *buf_detach(struct buf *b)
{
	char *p;

	buf_reserve(b, 0);
	p = b->p;
	buf_init(b);
	return p;
}
