/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines of ours in somebody's file: in, and out again to the byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "hook/block.h"
#include "hook/fill.h"

static const char *const files[] = {
	"",
	"npm test\n",
	"npm test",
	"#!/bin/bash\nset -e\n\n\n",
	"#!/bin/bash",
	"# a word on git-retro hook: what it is\n",
	"# git-retro hook end\n",
	"\n",
};

static struct buf file = BUF_INIT, push = BUF_INIT, commit = BUF_INIT;

static int set_up(void **state)
{
	(void)state;
	buf_reset(&file);
	buf_reset(&push);
	buf_reset(&commit);
	fill(&push, "husky", "pre-push", "p");
	fill(&commit, "lefthook", "pre-commit", "p");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_release(&file);
	buf_release(&push);
	buf_release(&commit);
	return 0;
}

static void goes_in_and_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_SIZE(files); i++) {
		bool first = i % 2;
		size_t n;

		buf_reset(&file);
		buf_addstr(&file, files[i / 2]);
		assert_int_equal(block_find(&file, &push), BLOCK_ABSENT);
		block_add(&file, &push, first, false);
		assert_int_equal(block_find(&file, &push), BLOCK_SAME);
		assert_int_equal(block_find(&file, &commit), BLOCK_ABSENT);
		n = file.n;
		block_add(&file, &push, first, false);
		assert_int_equal(file.n, n);
		assert_false(block_remove(&file, &push));
		assert_string_equal(file.p, files[i / 2]);
	}
}

static void two_stand_beside_each_other(void **state)
{
	(void)state;
	buf_addstr(&file, "a");
	block_add(&file, &push, false, false);
	block_add(&file, &commit, false, false);
	assert_int_equal(block_find(&file, &push), BLOCK_SAME);
	assert_int_equal(block_find(&file, &commit), BLOCK_SAME);
	assert_false(block_remove(&file, &push));
	assert_int_equal(block_find(&file, &commit), BLOCK_SAME);
	assert_false(block_remove(&file, &commit));
	assert_string_equal(file.p, "a");
	buf_reset(&file);
	block_add(&file, &push, false, true);
	block_add(&file, &commit, false, false);
	assert_false(block_remove(&file, &push));
	assert_int_equal(block_find(&file, &commit), BLOCK_SAME);
	assert_true(block_remove(&file, &commit));
}

/* A newline that came with ours stays if something was added below. */
static void what_was_added_below_stays_a_line(void **state)
{
	(void)state;
	buf_addstr(&file, "a");
	block_add(&file, &push, false, false);
	buf_addstr(&file, "b\n");
	assert_false(block_remove(&file, &push));
	assert_string_equal(file.p, "a\nb\n");
}

static void stands_behind_the_interpreter(void **state)
{
	(void)state;
	buf_addstr(&file, "#!/bin/bash\nx\n");
	block_add(&file, &push, true, false);
	assert_int_equal(strncmp(file.p, "#!/bin/bash\n# git-retro hook: ", 30),
			 0);
	assert_non_null(strstr(file.p, "hook end\nx\n"));
}

/* A file that was there and empty is not taken away. */
static void a_new_file_goes_again(void **state)
{
	(void)state;
	block_add(&file, &push, true, true);
	assert_int_equal(block_find(&file, &push), BLOCK_SAME);
	block_add(&file, &push, true, false);
	assert_true(block_remove(&file, &push));
	block_add(&file, &push, true, true);
	buf_addstr(&file, "theirs\n");
	assert_false(block_remove(&file, &push));
	assert_string_equal(file.p, "theirs\n");
}

static void an_older_one_is_replaced(void **state)
{
	(void)state;
	buf_addstr(&file, "a\n# git-retro hook: pre-push; older\n"
			  "git-retro-hook pre-push\nb\n");
	assert_int_equal(block_find(&file, &push), BLOCK_OTHER);
	block_add(&file, &push, false, false);
	assert_int_equal(block_find(&file, &push), BLOCK_SAME);
	block_remove(&file, &push);
	assert_string_equal(file.p, "a\nb\n");
}

static void the_marks_are_filled_in(void **state)
{
	(void)state;
	fill(&file, "lefthook", "pre-push", "it's");
	assert_non_null(strstr(file.p, "[ ! -x 'it'\\''s' ]"));
	assert_null(strchr(file.p, '@'));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(goes_in_and_out),
		CASE(two_stand_beside_each_other),
		CASE(what_was_added_below_stays_a_line),
		CASE(stands_behind_the_interpreter),
		CASE(a_new_file_goes_again),
		CASE(an_older_one_is_replaced),
		CASE(the_marks_are_filled_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
