/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "grep/needle.h"

/* The needles, with a comma behind each. */
static const char *read_all(const char *source, enum needle_syntax syntax)
{
	static char text[256];
	struct needles needles;
	size_t n = 0;

	needles_read(&needles, source, syntax);
	text[0] = '\0';
	for (size_t i = 0; i < needles.nr; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%.*s,",
				      (int)needles.at[i].n, needles.at[i].text);
	return text;
}

static void what_every_line_holds_is_read(void **state)
{
	static const struct {
		enum needle_syntax syntax;
		const char *source, *needles;
	} cases[] = {
		{ NEEDLE_FIXED, "a.*|b", "a.*|b," },
		{ NEEDLE_EXTENDED, "time.?out|retry", "time,retry," },
		{ NEEDLE_EXTENDED, "(cache|queue).*label$", "label," },
		{ NEEDLE_EXTENDED, "^- .*label.*(a|b)", "label," },
		{ NEEDLE_EXTENDED, "labels?", "label," },
		{ NEEDLE_EXTENDED, "labels+ing", "label," },
		{ NEEDLE_EXTENDED, "lab{2}els", "els," },
		{ NEEDLE_EXTENDED, "部署.{1,4}版本?", "部署," },
		{ NEEDLE_EXTENDED, "load\\.py", "load.py," },
		{ NEEDLE_EXTENDED, "[]x|(abc]yes[[:alpha:]|]no", "yes," },
		{ NEEDLE_EXTENDED, "abc)def", "abc," },
		{ NEEDLE_BASIC, "a+b|c", "a+b|c," },
		{ NEEDLE_BASIC, "abc\\|defg", "abc,defg," },
		{ NEEDLE_BASIC, "lab\\(el\\)\\?sign", "sign," },
		{ NEEDLE_BASIC, "abcd\\{0,2\\}e", "abc," },
		{ NEEDLE_BASIC, "[\\]abc", "abc," },
		{ NEEDLE_PERL, "[\\]abc]xyz", "xyz," },
		{ NEEDLE_PERL, "abcd*?efg", "abc," },
		{ NEEDLE_FIXED, "0123456789012345678901234567890123456789",
		  "01234567890123456789012345678901," },
		/* nothing is sure, or worth it */
		{ NEEDLE_FIXED, "ab", "" },
		{ NEEDLE_EXTENDED, "", "" },
		{ NEEDLE_EXTENDED, "abc|", "" },
		{ NEEDLE_EXTENDED, "abc|d", "" },
		{ NEEDLE_EXTENDED, "(abc)", "" },
		{ NEEDLE_EXTENDED, "(abc", "" },
		{ NEEDLE_EXTENDED, "abc{x|cd}efg", "" },
		{ NEEDLE_EXTENDED, "abc|d[e", "" },
		{ NEEDLE_EXTENDED, "aaa|bbb|ccc|ddd|eee", "" },
		{ NEEDLE_EXTENDED, "(a)\\1abc", "" },
		{ NEEDLE_BASIC, "\\<abc\\>", "" },
		{ NEEDLE_PERL, "(?i)abc", "" },
		{ NEEDLE_PERL, "(?x)a b c", "" },
		{ NEEDLE_PERL, "\\Qabc|\\E", "" },
		{ NEEDLE_PERL, "(*UTF)abc", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (strcmp(read_all(cases[i].source, cases[i].syntax),
			   cases[i].needles))
			fail_msg("%s: %s", cases[i].source,
				 read_all(cases[i].source, cases[i].syntax));
}

/* At each place of texts of each length, and nowhere else. */
static void one_is_found_wherever_it_begins(void **state)
{
	char text[80];
	struct needles needles;

	(void)state;
	needles_read(&needles, "label", NEEDLE_FIXED);
	for (size_t n = 0; n < sizeof(text); n++)
		for (size_t at = 0; at + 5 <= n; at++) {
			memset(text, 'l', n);
			memcpy(text + at, "label", 5);
			assert_int_equal(needles_find(&needles, text, n, 0),
					 at);
			assert_int_equal(
				needles_find(&needles, text, n, at + 1), n);
			text[at + 4] = 'b';
			assert_int_equal(needles_find(&needles, text, n, 0), n);
		}
}

static void the_nearest_one_is_found(void **state)
{
	const char text[] = "xx retry, then a timeout; retry timeout";
	const size_t n = sizeof(text) - 1;
	struct needles needles;
	size_t at = 0, places[4];

	(void)state;
	needles_read(&needles, "timeout|retry", NEEDLE_EXTENDED);
	for (size_t i = 0; i < 4; i++) {
		places[i] = needles_find(&needles, text, n, at);
		at = places[i] + 1;
	}
	assert_int_equal(places[0], 3);
	assert_int_equal(places[1], 17);
	assert_int_equal(places[2], 26);
	assert_int_equal(places[3], 32);
	assert_int_equal(needles_find(&needles, text, n, at), n);
	assert_int_equal(needles_find(&needles, text, n, 0), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_every_line_holds_is_read),
		cmocka_unit_test(one_is_found_wherever_it_begins),
		cmocka_unit_test(the_nearest_one_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
