/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/oid.h"

#include <string.h>

static const char digits[] = "0123456789abcdef";

static int value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

char *oid_hex(char hex[OID_HEX + 1], const struct oid *oid)
{
	for (size_t i = 0; i < OID_RAW; i++) {
		hex[2 * i] = digits[oid->raw[i] >> 4];
		hex[2 * i + 1] = digits[oid->raw[i] & 15];
	}
	hex[OID_HEX] = '\0';
	return hex;
}

bool oid_parse(struct oid *oid, const char *hex)
{
	for (size_t i = 0; i < OID_RAW; i++) {
		int high = value(hex[2 * i]), low;

		if (high < 0)
			return false;
		low = value(hex[2 * i + 1]);
		if (low < 0)
			return false;
		oid->raw[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

bool oid_equal(const struct oid *a, const struct oid *b)
{
	return !memcmp(a->raw, b->raw, OID_RAW);
}

bool oid_is_zero(const struct oid *oid)
{
	static const struct oid zero;

	return oid_equal(oid, &zero);
}
