/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

static void place_counts_characters(void **state)
{
	const char *text = "\xEF\xBB\xBF"
			   "踩坑 a\r\nb\xC2\x85"
			   "c\rd\ne";
	struct pos pos = diag_pos(text, 3);

	(void)state;
	assert_int_equal(pos.line, 1);
	assert_int_equal(pos.column, 1);
	pos = diag_pos(text, (size_t)(strchr(text, 'a') - text));
	assert_int_equal(pos.column, 4);
	pos = diag_pos(text, (size_t)(strchr(text, 'c') - text));
	assert_int_equal(pos.line, 2);
	assert_int_equal(pos.column, 3);
	pos = diag_pos(text, (size_t)(strchr(text, 'd') - text));
	assert_int_equal(pos.line, 2);
	pos = diag_pos(text, strlen(text));
	assert_int_equal(pos.line, 3);
	assert_int_equal(pos.column, 2);
}

static void texts_are_clean(void **state)
{
	struct pos pos = { 0, 1, 1 };

	(void)state;
	diag_add(&diags, RULE_YAML, "a.md", pos, "try \x1b[2J",
		 "bad\nvalue '%s'", "\x1b]0;x\x07");
	assert_null(strpbrk(diags.at[0].text, "\x1b\x07\n"));
	assert_null(strchr(diags.at[0].hint, '\x1b'));
}

static void hint_and_level_come_from_the_rule(void **state)
{
	struct pos pos = { 0, 1, 1 };

	(void)state;
	diag_add(&diags, RULE_DATE, "a.md", pos, NULL, "x");
	diag_add(&diags, RULE_UNKNOWN_KEY, "a.md", pos, "own", "x");
	assert_string_equal(diags.at[0].hint, rule_find("date")->hint);
	assert_int_equal(diags.at[0].level, DIAG_ERROR);
	assert_string_equal(diags.at[1].hint, "own");
	assert_int_equal(diag_count(&diags, DIAG_ERROR), 1);
	assert_int_equal(diag_count(&diags, DIAG_WARNING), 1);
	assert_string_equal(diag_level_name(DIAG_WARNING), "warning");
}

static void sorts_by_path_then_place(void **state)
{
	static const struct {
		const char *path;
		int line, column;
		enum rule_id rule;
	} in[] = {
		{ "b.md", 1, 1, RULE_YAML }, { "a.md", 10, 1, RULE_YAML },
		{ "a.md", 9, 5, RULE_YAML }, { "a.md", 9, 5, RULE_DATE },
		{ "a.md", 9, 4, RULE_YAML },
	};
	static const size_t order[] = { 4, 3, 2, 1, 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(in); i++)
		diag_add(&diags, in[i].rule, in[i].path,
			 (struct pos){ 0, in[i].line, in[i].column }, NULL,
			 "x");
	diag_sort(&diags);
	for (size_t i = 0; i < ARRAY_SIZE(in); i++) {
		assert_string_equal(diags.at[i].path, in[order[i]].path);
		assert_int_equal(diags.at[i].pos.line, in[order[i]].line);
		assert_int_equal(diags.at[i].pos.column, in[order[i]].column);
		assert_string_equal(diags.at[i].rule,
				    rule_table[in[order[i]].rule].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(place_counts_characters, set_up),
		cmocka_unit_test_setup(texts_are_clean, set_up),
		cmocka_unit_test_setup(hint_and_level_come_from_the_rule,
				       set_up),
		cmocka_unit_test_setup(sorts_by_path_then_place, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
