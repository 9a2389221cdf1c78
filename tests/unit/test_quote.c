/* SPDX-License-Identifier: GPL-2.0-only */
/* A word that a person can paste into a shell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_where_it_must),
		cmocka_unit_test(quotes_always),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
