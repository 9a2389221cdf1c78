/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The name of a git object, by SHA-1 or SHA-256. Of a SHA-1 the last twelve
 * bytes are zero, and by that it is known: a SHA-256 that ends so is as
 * unlikely as two objects of one name.
 */
#ifndef GIT_OID_H
#define GIT_OID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

/* Room for either, in bytes and in hex digits. */
#define OID_RAW 32
#define OID_HEX 64
/* A SHA-1's. */
#define OID_SHA1 20

struct oid {
	uint8_t raw[OID_RAW];
};
struct oids VEC_OF(struct oid);

/* Bytes of the id, 20 or 32; hex digits are twice as many. */
size_t oid_size(const struct oid *oid);

/* The hex string in `hex`, which has room for OID_HEX + 1; returns it. */
char *oid_hex(char hex[OID_HEX + 1], const struct oid *oid);
/* Reads a full id at `hex`, which ends where the hex digits do. Returns how
 * many those are, 40 or 64; 0, and `oid` is zero, if it is none. */
size_t oid_parse(struct oid *oid, const char *hex);
/* Whether a text is a full id and nothing else. */
bool oid_is_full(const char *text);
bool oid_equal(const struct oid *a, const struct oid *b);
bool oid_is_zero(const struct oid *oid);

#endif
