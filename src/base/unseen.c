/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/unseen.h"

#include <stddef.h>
#include <utf8proc.h>

#include "base/attr.h"

struct range {
	int first, last;
};

/* In order. */
static const struct range table[] = {
	{ 0x00ad, 0x00ad },   { 0x034f, 0x034f },   { 0x061c, 0x061c },
	{ 0x115f, 0x1160 },   { 0x17b4, 0x17b5 },   { 0x180b, 0x180f },
	{ 0x200b, 0x200f },   { 0x202a, 0x202e },   { 0x2060, 0x206f },
	{ 0x3164, 0x3164 },   { 0xfe00, 0xfe0f },   { 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 },   { 0xfff0, 0xfffb },   { 0xfffe, 0xffff },
	{ 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
};

static bool is_in_ranges(int c, int first, int last)
{
	return c >= first && c <= last;
}

bool unseen_is(int c)
{
	for (size_t i = 0; i < ARRAY_SIZE(table) && c >= table[i].first; i++)
		if (c <= table[i].last)
			return true;
	return false;
}

/* Below these scripts no letter is joined. */
static bool is_joining_letter(int c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
		return c >= 0x0600;
	default:
		return false;
	}
}

static bool is_pictograph(int c)
{
	return utf8proc_get_property(c)->boundclass ==
	       UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

/* What may follow a pictograph and belongs to it: its form, its skin. */
static bool ends_emoji(int c)
{
	return is_pictograph(c) || c == 0xfe0f ||
	       is_in_ranges(c, 0x1f3fb, 0x1f3ff);
}

static bool is_han(int c)
{
	return is_in_ranges(c, 0x2e80, 0x9fff) ||
	       is_in_ranges(c, 0xf900, 0xfaff) ||
	       is_in_ranges(c, 0x20000, 0x3ffff);
}

static bool can_be_emoji(int c)
{
	return is_in_ranges(c, '0', '9') || c == '#' || c == '*' ||
	       is_pictograph(c);
}

bool unseen_joins(int before, int c, int after)
{
	if (c == 0x200d && ends_emoji(before) && is_pictograph(after))
		return true;
	if (c == 0x200c || c == 0x200d)
		return is_joining_letter(before) && is_joining_letter(after);
	if (c == 0xfe0e || c == 0xfe0f)
		return can_be_emoji(before) || is_han(before);
	if (is_in_ranges(c, 0xfe00, 0xfe0d) ||
	    is_in_ranges(c, 0xe0100, 0xe01ef))
		return is_han(before);
	return is_in_ranges(c, 0x180b, 0x180f) &&
	       is_in_ranges(before, 0x1820, 0x18aa);
}
