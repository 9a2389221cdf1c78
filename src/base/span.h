/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A part of a text: bytes from `start` to before `end`.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stddef.h>

#include "base/vec.h"

struct span {
	size_t start, end;
};
struct spans VEC_OF(struct span);

#endif
