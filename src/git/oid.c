/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/oid.h"

#include <string.h>

static const char digits[] = "0123456789abcdef";

/* One more than each digit is worth. */
static const uint8_t values[256] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* -1 if it is no digit. */
static int value(char c)
{
	return values[(unsigned char)c] - 1;
}

size_t oid_size(const struct oid *oid)
{
	static const uint8_t none[OID_RAW - OID_SHA1];

	return memcmp(oid->raw + OID_SHA1, none, sizeof(none)) ? OID_RAW
							       : OID_SHA1;
}

char *oid_hex(char hex[OID_HEX + 1], const struct oid *oid)
{
	size_t n = oid_size(oid);

	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = digits[oid->raw[i] >> 4];
		hex[2 * i + 1] = digits[oid->raw[i] & 15];
	}
	hex[2 * n] = '\0';
	return hex;
}

size_t oid_parse(struct oid *oid, const char *hex)
{
	size_t n = 0;

	memset(oid, 0, sizeof(*oid));
	for (; n < OID_HEX; n += 2) {
		int high = value(hex[n]),
		    low = high < 0 ? -1 : value(hex[n + 1]);

		if (low < 0) {
			n += high >= 0;
			break;
		}
		oid->raw[n / 2] = (uint8_t)(high << 4 | low);
	}
	if ((n == OID_HEX && value(hex[n]) < 0) || n == 2 * OID_SHA1)
		return n;
	memset(oid, 0, sizeof(*oid));
	return 0;
}

bool oid_is_full(const char *text)
{
	struct oid oid;
	size_t n = oid_parse(&oid, text);

	return n && !text[n];
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
