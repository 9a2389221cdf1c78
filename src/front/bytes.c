/* SPDX-License-Identifier: GPL-2.0-only */
#include "front/bytes.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST = 4096 };

bool bytes_reserve(struct bytes *b, size_t extra)
{
	size_t cap = b->cap ? b->cap : FIRST;
	char *p;

	while (cap - b->n <= extra && cap <= SIZE_MAX / 2)
		cap *= 2;
	if (b->failed || cap == b->cap)
		return !b->failed;
	p = cap - b->n > extra ? realloc(b->p, cap) : NULL;
	if (!p) {
		b->failed = true;
		return false;
	}
	b->p = p;
	b->cap = cap;
	b->p[b->n] = '\0';
	return true;
}

void bytes_add(struct bytes *b, const void *bytes, size_t n)
{
	if (!bytes_reserve(b, n))
		return;
	if (n)
		memcpy(b->p + b->n, bytes, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void bytes_add_text(struct bytes *b, const char *text)
{
	bytes_add(b, text, strlen(text));
}

bool bytes_read_some(struct bytes *b, int fd, size_t max)
{
	ssize_t n = 1;

	while (n && b->n < max && bytes_reserve(b, FIRST)) {
		n = read(fd, b->p + b->n, b->cap - b->n - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			n = 0;
		b->n += (size_t)n;
	}
	if (b->p)
		b->p[b->n] = '\0';
	return !n;
}

void bytes_read(struct bytes *b, int fd)
{
	bytes_read_some(b, fd, SIZE_MAX);
}

void bytes_release(struct bytes *b)
{
	free(b->p);
	*b = (struct bytes){ NULL, 0, 0, false };
}
