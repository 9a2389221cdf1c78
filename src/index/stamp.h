/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A number that changes when any source does that decides what is in the
 * index. Written at build time.
 */
#ifndef INDEX_STAMP_H
#define INDEX_STAMP_H

#include <stdint.h>

/* From 1 to 2^31 - 1. */
extern const int32_t stamp;

#endif
