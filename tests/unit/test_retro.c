/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

static void the_title_is_the_first_heading(void **state)
{
	static const struct {
		const char *text, *title;
	} cases[] = {
		{ "# One `two` *three*\n", "One two three" },
		{ "text\n\n## Deep ##\n# High\n", "Deep" },
		{ "```\n# code\n```\n# Title\n", "Title" },
		{ "~~~ sh\n# code\n```\n~~~~\n# Title\n", "Title" },
		{ "<!-- # no\n# no\n-->\n# Title\n", "Title" },
		{ "Set\next\n===\n", "Set ext" },
		{ "Setext\n---\r\n# Not\n", "Setext" },
		{ "- item\n---\n# Title\n", "Title" },
		{ "text\n- item\n---\n# Title\n", "Title" },
		{ "    # code\n# Title\n", "Title" },
		{ "#nospace\n\n# Title\n", "Title" },
		{ "#\n# Title\n", "Title" },
		{ "####### seven\n# Title\n", "Title" },
		{ "\xEF\xBB\xBF# 标题\n", "标题" },
		{ "---\nid: x\n---\n# Title\n", "Title" },
		{ "```\n# never closed\n", "x" },
		{ "nothing here\n", "x" },
		{ "", "x" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(read_text(cases[i].text)->title,
				    cases[i].title);
}

static void the_name_gives_id_and_date(void **state)
{
	static const struct {
		const char *path, *id;
		int32_t date;
	} cases[] = {
		{ "retros/2026-11-24-cuda.md", "2026-11-24-cuda", 20781 },
		{ "2026/20261124.md", "20261124", 20781 },
		{ "outage-2026-11-24.md", "outage-2026-11-24", 20781 },
		{ "2026年11月24日.md", "2026年11月24日", 20781 },
		{ "a.b.md", "a.b", DAY_NONE },
		{ "retros/.md", ".md", DAY_NONE },
		{ "2026-13-24.md", "2026-13-24", DAY_NONE },
		{ "20261124f.md", "20261124f", DAY_NONE },
		{ "a-20261124-1.md", "a-20261124-1", DAY_NONE },
		{ "x2026-11-24.md", "x2026-11-24", DAY_NONE },
		{ "0101-01-01.md", "0101-01-01", DAY_NONE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct retro *r = read_as(cases[i].path, "");

		assert_string_equal(r->path, cases[i].path);
		assert_string_equal(r->id, cases[i].id);
		if (r->date != cases[i].date)
			fail_msg("%s: day %d", cases[i].path, (int)r->date);
		assert_false(r->has_id);
	}
}

static void a_retro_comes_of_any_bytes(void **state)
{
	static const struct {
		const char *text, *rule;
	} cases[] = {
		{ "---\ntitle: x\n# Heading\n", "front-matter" },
		{ "---\n- a\n---\n# Heading\n", "front-matter" },
		{ "---\nwords\n---\n# Heading\n", "front-matter" },
		{ "---\na: b: c\n---\n# Heading\n", "yaml" },
	};
	const struct retro *r;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		diags.nr = 0;
		r = read_text(cases[i].text);
		assert_int_equal(diags.nr, 1);
		assert_string_equal(diags.at[0].rule, cases[i].rule);
		assert_string_equal(r->title, "Heading");
		assert_null(r->map);
	}
	diags.nr = 0;
	r = read_text("# Latin \xE9\n");
	only_diag("encoding", 1, 9);
	assert_string_equal(r->title, "x");
}

static void levels_are_the_files_own(void **state)
{
	(void)state;
	read_text("---\nstatus: fnal\n---\n");
	assert_int_equal(only_diag("status", 2, 9)->level, DIAG_WARNING);
	diags.nr = 0;
	read_text("---\nid: x\nkind: k\nstatus: draft\n---\n");
	assert_int_equal(only_diag("kind", 3, 7)->level, DIAG_WARNING);
	diags.nr = 0;
	read_text("---\nid: x\nkind: k\nstatus: final\n---\n");
	assert_int_equal(only_diag("kind", 3, 7)->level, DIAG_ERROR);
	diags.nr = 0;
	/* off for a file without `id:` */
	read_text("---\ncommits: {caus: abcd}\n---\n");
	assert_int_equal(diags.nr, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_title_is_the_first_heading, set_up),
		cmocka_unit_test_setup(the_name_gives_id_and_date, set_up),
		cmocka_unit_test_setup(a_retro_comes_of_any_bytes, set_up),
		cmocka_unit_test_setup(levels_are_the_files_own, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
