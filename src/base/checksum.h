/* SPDX-License-Identifier: GPL-2.0-only */
/* A checksum that finds damage, not forgery: it is no cryptographic hash. */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* The checksum of `n` bytes that follow those of `sum` (0 or the length at the
 * start). Where they come in pieces, each but the last must be a multiple of
 * eight long. Zeros at the end do not count: begin with the length where they
 * could make a difference. */
uint64_t checksum_bytes(uint64_t sum, const void *bytes, size_t n);

/* The same of a text, in 32 bits: texts with different ones differ. */
uint32_t checksum_text(const char *text);

#endif
