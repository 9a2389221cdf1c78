/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one growing array of the front. Where there is no memory for more it has
 * `failed`, keeps what it has, and takes nothing from then on.
 */
#ifndef FRONT_BYTES_H
#define FRONT_BYTES_H

#include <stdbool.h>
#include <stddef.h>

struct bytes {
	char *p;
	size_t n, cap;
	bool failed;
};

/* Room for `extra` more bytes, and a NUL behind them. */
bool bytes_reserve(struct bytes *b, size_t extra);
void bytes_add(struct bytes *b, const void *bytes, size_t n);
void bytes_add_text(struct bytes *b, const char *text);
/* What can be read of an open file, to its end. */
void bytes_read(struct bytes *b, int fd);
/* The same, up to `max` bytes and a little more; true if that was its end. */
bool bytes_read_some(struct bytes *b, int fd, size_t max);
void bytes_release(struct bytes *b);

#endif
