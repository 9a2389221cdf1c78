/* SPDX-License-Identifier: GPL-2.0-only */
/* Two lines in somebody's script: in, and out again to the byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "hook/block.h"

static const char *const scripts[] = {
	"",
	"npm test\n",
	"npm test",
	"#!/bin/bash\nset -e\n\n\n",
	"# a word on git-retro hook: what it is\n",
	"\n",
};

static void goes_in_and_out(void **state)
{
	struct buf script = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(scripts); i++) {
		size_t n;

		buf_reset(&script);
		buf_addstr(&script, scripts[i]);
		assert_int_equal(block_find(&script, "pre-push"), BLOCK_ABSENT);
		block_add(&script, "pre-push");
		assert_int_equal(block_find(&script, "pre-push"), BLOCK_SAME);
		assert_int_equal(block_find(&script, "pre-commit"),
				 BLOCK_OTHER);
		n = script.n;
		block_add(&script, "pre-push");
		assert_int_equal(script.n, n);
		block_remove(&script);
		assert_string_equal(script.p, scripts[i]);
	}
	buf_release(&script);
}

static void an_older_one_is_replaced(void **state)
{
	struct buf script = BUF_INIT;

	(void)state;
	buf_addstr(&script, "a\n# git-retro hook: pre-push; older\n"
			    "git-retro-hook pre-push\nb\n");
	assert_int_equal(block_find(&script, "pre-push"), BLOCK_OTHER);
	block_add(&script, "pre-push");
	assert_int_equal(block_find(&script, "pre-push"), BLOCK_SAME);
	block_remove(&script);
	assert_string_equal(script.p, "a\nb\n");
	buf_release(&script);
}

static void the_line_is_a_command(void **state)
{
	struct buf line = BUF_INIT;

	(void)state;
	block_line(&line, "pre-push");
	assert_non_null(strstr(line.p, "git-retro-hook pre-push \"$@\""));
	assert_null(strchr(line.p, '\n'));
	assert_null(strstr(line.p, "@HOOK@"));
	buf_release(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goes_in_and_out),
		cmocka_unit_test(an_older_one_is_replaced),
		cmocka_unit_test(the_line_is_a_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
