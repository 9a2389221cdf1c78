/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "model/front.h"

static struct front front;

static bool find(const char *text)
{
	diags.nr = 0;
	return front_find(&front, &diags, "a.md", text, strlen(text));
}

static void finds_the_block(void **state)
{
	(void)state;
	assert_true(find("---\na: 1\n---\nbody\n"));
	assert_true(front.present);
	assert_int_equal(front.start, 4);
	assert_int_equal(front.end, 9);
	assert_int_equal(front.body, 13);
	assert_false(front.crlf);
	assert_true(find("---\n---"));
	assert_true(front.present);
	assert_int_equal(front.start, 4);
	assert_int_equal(front.end, 4);
	assert_int_equal(front.body, 7);
	assert_true(find("---\na: 1\n...\nbody"));
	assert_true(front.present);
}

static void takes_bom_crlf_and_blanks(void **state)
{
	(void)state;
	assert_true(find("\xEF\xBB\xBF---  \r\na: 1\r\n--- \t\r\nbody"));
	assert_true(front.present);
	assert_true(front.crlf);
	assert_int_equal(front.start, 10);
	assert_int_equal(front.body, 23);
	assert_int_equal(diags.nr, 0);
}

static void knows_a_file_without(void **state)
{
	static const char *const texts[] = {
		"", "# Title\n", "--- a\n---\n", " ---\na\n---\n", "----\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		assert_true(find(texts[i]));
		assert_false(front.present);
		assert_int_equal(front.body, 0);
	}
	assert_true(find("\xEF\xBB\xBF# Title\n"));
	assert_int_equal(front.body, 3);
}

static void inner_dashes_do_not_close(void **state)
{
	(void)state;
	assert_true(find("---\na: |\n  ---\nb: '\n ...'\n---\n"));
	assert_int_equal(front.end, 26);
}

static void refuses_with_one_problem(void **state)
{
	(void)state;
	assert_false(find("---\na: 1\n"));
	only_diag("front-matter", 1, 1);
	assert_false(front.present);
	assert_false(find("+++\na = 1\n+++\n"));
	assert_non_null(strstr(only_diag("front-matter", 1, 1)->text, "TOML"));
	assert_false(find("a\nb\xC3\x28\n"));
	only_diag("encoding", 2, 2);
	diags.nr = 0;
	assert_false(front_find(&front, &diags, "a.md", "a\n\0b", 4));
	only_diag("encoding", 2, 1);
	diags.nr = 0;
	assert_false(front_find(&front, &diags, "a.md", "\xFF\xFE-\0-\0", 6));
	assert_non_null(strstr(only_diag("encoding", 1, 1)->text, "UTF-16"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(finds_the_block, set_up),
		cmocka_unit_test_setup(takes_bom_crlf_and_blanks, set_up),
		cmocka_unit_test_setup(knows_a_file_without, set_up),
		cmocka_unit_test_setup(inner_dashes_do_not_close, set_up),
		cmocka_unit_test_setup(refuses_with_one_problem, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
