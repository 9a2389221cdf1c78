/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The name of a git object. SHA-1 repositories only; others are refused when
 * the repository is opened.
 */
#ifndef GIT_OID_H
#define GIT_OID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

#define OID_RAW 20
#define OID_HEX 40

struct oid {
	uint8_t raw[OID_RAW];
};
struct oids VEC_OF(struct oid);

/* The hex string in `hex`, which has room for OID_HEX + 1; returns it. */
char *oid_hex(char hex[OID_HEX + 1], const struct oid *oid);
/* Reads exactly OID_HEX hex digits at `hex`; false if they are not there. */
bool oid_parse(struct oid *oid, const char *hex);
bool oid_equal(const struct oid *a, const struct oid *b);
bool oid_is_zero(const struct oid *oid);

#endif
