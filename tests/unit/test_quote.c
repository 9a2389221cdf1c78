/* SPDX-License-Identifier: GPL-2.0-only */
/* A word that a person can paste into a shell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/quote.h"

static void quotes_where_it_must(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	assert_string_equal(quote_word(&a, "client/v1.0-rc_1+2@x"),
			    "client/v1.0-rc_1+2@x");
	assert_string_equal(quote_word(&a, ""), "''");
	assert_string_equal(quote_word(&a, "-x"), "'-x'");
	assert_string_equal(quote_word(&a, "v1;id"), "'v1;id'");
	assert_string_equal(quote_word(&a, "v$(id)'s"), "'v$(id)'\\''s'");
	arena_release(&a);
}

static void quotes_always(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	quote_always(&out, "/opt/a b/it's");
	assert_string_equal(out.p, "'/opt/a b/it'\\''s'");
	buf_release(&out);
}

static void addresses(void **state)
{
	static const char *const cases[][2] = {
		{ "Some%20page%2Fx", "Some page/x" },
		{ "%e6%A0%87", "\xe6\xa0\x87" },
		{ "100%", "100%" },
		{ "%4", "%4" },
		{ "%zz%00% 1%+1", "%zz%00% 1%+1" },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		buf_reset(&out);
		quote_uri_undo(&out, cases[i][0], strlen(cases[i][0]));
		assert_string_equal(out.p, cases[i][1]);
	}
	buf_reset(&out);
	quote_uri_undo(&out, "%41%41", 4);
	assert_string_equal(out.p, "A%");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_where_it_must),
		cmocka_unit_test(quotes_always),
		cmocka_unit_test(addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
