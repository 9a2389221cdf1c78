/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * FNV-1a: a hash of 64 bits for short texts, for tables and to compare by. The
 * same on every machine, so that it can be kept in a file or printed. Not
 * against an enemy; of many bytes checksum.h makes one faster.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define HASH_START UINT64_C(14695981039346656037)

/* Continues from `hash`: HASH_START, or what an earlier call returned. */
static inline uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)bytes[i]) *
		       UINT64_C(1099511628211);
	return hash;
}

/* With the NUL, so that "ab", "c" and "a", "bc" differ. */
static inline uint64_t hash_text(uint64_t hash, const char *text)
{
	return hash_bytes(hash, text, strlen(text) + 1);
}

#endif
