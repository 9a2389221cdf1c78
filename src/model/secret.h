/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Strings that look like a secret: the fixed forms in which providers hand out
 * keys, private keys, a password in an address, and a long random value behind
 * a word such as `password`. The value itself is never told on: what is
 * reported goes into logs and pages.
 */
#ifndef MODEL_SECRET_H
#define MODEL_SECRET_H

#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"

struct secret {
	size_t at;        /* byte where it begins */
	const char *what; /* "a GitHub token" */
};
struct secrets VEC_OF(struct secret);

/* In the order of the text. What says that it is only an example does not
 * count. Time grows with the text. */
void secret_find(struct secrets *out, struct arena *a, const char *bytes,
		 size_t n);

#endif
