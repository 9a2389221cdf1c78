/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "model/markdown.h"
#include "model/section.h"

static struct sections sections;

static void split(const char *text, const struct policy *policy)
{
	bool limited;

	sections = (struct sections){ 0 };
	section_split(&sections, &arena,
		      md_parse(&arena, text, strlen(text), 1, 0, &limited),
		      policy_sections(policy));
}

static void headings_are_known(void **state)
{
	static const struct {
		enum section_key key;
		const char *heading;
	} cases[] = {
		{ SECTION_SUMMARY, "Summary" },
		{ SECTION_SUMMARY, "TL;DR" },
		{ SECTION_SUMMARY, "Background" },
		{ SECTION_SUMMARY, "Executive Summary" },
		{ SECTION_SUMMARY, "概述" },
		{ SECTION_SUMMARY, "一、背景" },
		{ SECTION_SUMMARY, "Summary 概述" },
		{ SECTION_TIMELINE, "Timeline of events" },
		{ SECTION_TIMELINE, "时间线（UTC+8）" },
		{ SECTION_TIMELINE, "时间线梳理" },
		{ SECTION_IMPACT, "Impact" },
		{ SECTION_IMPACT, "影响" },
		{ SECTION_IMPACT, "影响范围" },
		{ SECTION_IMPACT, "影响：" },
		{ SECTION_IMPACT, "3. 影响说明" },
		{ SECTION_NONE, "影响因素" },
		{ SECTION_DIFFICULTIES, "What was hard?" },
		{ SECTION_DIFFICULTIES, "项目难点" },
		{ SECTION_CAUSES, "Root Cause(s)" },
		{ SECTION_CAUSES, "Root causes" },
		{ SECTION_CAUSES, "Root Cause Analysis" },
		{ SECTION_CAUSES, "Contributing factors" },
		{ SECTION_CAUSES, "5 Whys" },
		{ SECTION_CAUSES, "Trigger" },
		{ SECTION_CAUSES, "原因分析" },
		{ SECTION_CAUSES, "问题根因" },
		{ SECTION_SOLUTIONS, "How we solved it" },
		{ SECTION_SOLUTIONS, "The fix" },
		{ SECTION_SOLUTIONS, "Actions taken" },
		{ SECTION_SOLUTIONS, "处理过程" },
		{ SECTION_PITFALLS, "Pitfalls" },
		{ SECTION_PITFALLS, "What went wrong" },
		{ SECTION_PITFALLS, "What didn't go well" },
		{ SECTION_PITFALLS, "What didn’t go well" },
		{ SECTION_PITFALLS, "Lessons learnt" },
		{ SECTION_PITFALLS, "Lessons Learned:" },
		{ SECTION_PITFALLS, "2. 踩过的坑：网络" },
		{ SECTION_PITFALLS, "🔥 踩坑" },
		{ SECTION_PITFALLS, "经验教训" },
		{ SECTION_PITFALLS, "【踩过的坑】" },
		{ SECTION_WENT_WELL, "What went well?" },
		{ SECTION_WENT_WELL, "✅ What went well" },
		{ SECTION_WENT_WELL, "做得好的" },
		{ SECTION_IMPROVEMENTS, "What to improve" },
		{ SECTION_IMPROVEMENTS, "可以优化的地方" },
		{ SECTION_IMPROVEMENTS, "优化" },
		{ SECTION_IMPROVEMENTS, "改进" },
		{ SECTION_ACTIONS, "Action Items" },
		{ SECTION_ACTIONS, "ACTIONS" },
		{ SECTION_ACTIONS, "Follow-ups" },
		{ SECTION_ACTIONS, "Next steps" },
		{ SECTION_ACTIONS, "2.1 Actions" },
		{ SECTION_ACTIONS, "IV. Actions" },
		{ SECTION_ACTIONS, "改进计划" },
		{ SECTION_ACTIONS, "后续行动" },
		{ SECTION_ACTIONS, "Ａｃｔｉｏｎｓ" },
		{ SECTION_NONE, "Detection" },
		{ SECTION_NONE, "Summarise" },
		{ SECTION_NONE, "Impacted" },
		{ SECTION_NONE, "In summary" },
		{ SECTION_NONE, "🚀" },
		{ SECTION_NONE, "2026" },
		{ SECTION_NONE, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		enum section_key key =
			section_by_heading(&arena, cases[i].heading, NULL);

		if (key != cases[i].key)
			fail_msg("'%s' is %s", cases[i].heading,
				 key ? section_name(key) : "unknown");
	}
}

static void names_go_both_ways(void **state)
{
	(void)state;
	for (size_t i = 1; i < SECTION_COUNT; i++) {
		enum section_key key = (enum section_key)i;

		assert_int_equal(section_by_name(section_name(key)), key);
		assert_int_equal(
			section_by_heading(&arena, section_name(key), NULL),
			key);
	}
	assert_null(section_name(SECTION_NONE));
	assert_int_equal(section_by_name("none"), SECTION_NONE);
}

static void a_team_adds_names(void **state)
{
	struct policy policy = { 0 };

	(void)state;
	vec_push(&arena, &policy.sections,
		 (struct section_alias){ SECTION_PITFALLS, "Ouch!" });
	vec_push(&arena, &policy.sections,
		 (struct section_alias){ SECTION_ACTIONS, "Impact" });
	assert_int_equal(
		section_by_heading(&arena, "3. Ouch, again", &policy.sections),
		SECTION_PITFALLS);
	assert_int_equal(section_by_heading(&arena, "Impact", &policy.sections),
			 SECTION_ACTIONS);
	assert_int_equal(section_by_heading(&arena, "Ouch", NULL),
			 SECTION_NONE);
}

static void the_innermost_known_heading_wins(void **state)
{
	static const struct {
		enum section_key key;
		bool own;
		int line, end_line;
	} want[] = {
		{ SECTION_NONE, false, 3, 4 },
		{ SECTION_PITFALLS, true, 5, 6 },
		{ SECTION_PITFALLS, false, 7, 8 },
		{ SECTION_PITFALLS, false, 9, 9 },
		{ SECTION_WENT_WELL, true, 10, 10 },
		{ SECTION_WENT_WELL, false, 11, 11 },
		{ SECTION_PITFALLS, false, 12, 12 },
		{ SECTION_NONE, false, 13, 14 },
		{ SECTION_ACTIONS, true, 15, 18 },
	};

	(void)state;
	split("before\n\n# Report\n\n## Lessons\n\n### Network\n\n#### Deep\n"
	      "### What went well\n#### Tea\n### Disks\n## Other\n\n"
	      "Actions\n-------\n\n- [ ] x\n",
	      NULL);
	assert_int_equal(sections.nr, ARRAY_SIZE(want));
	for (size_t i = 0; i < sections.nr; i++) {
		assert_int_equal(sections.at[i].key, want[i].key);
		assert_int_equal(sections.at[i].own, want[i].own);
		assert_int_equal(sections.at[i].line, want[i].line);
		assert_int_equal(sections.at[i].end_line, want[i].end_line);
	}
	assert_string_equal(sections.at[2].heading, "Network");
	assert_null(sections.at[8].end);
	assert_int_equal(sections.at[8].first->type, MD_LIST);
	/* nothing between two headings */
	assert_ptr_equal(sections.at[3].first, sections.at[3].end);
}

static void a_title_is_no_section(void **state)
{
	(void)state;
	split("# Lessons from July\n\n## Tea\n", NULL);
	assert_int_equal(sections.at[0].key, SECTION_NONE);
	assert_int_equal(sections.at[1].key, SECTION_NONE);
	split("# Lessons\n\n## Tea\n", NULL);
	assert_int_equal(sections.at[1].key, SECTION_PITFALLS);
	split("# Lessons from July\n\n# Tea\n", NULL);
	assert_int_equal(sections.at[0].key, SECTION_PITFALLS);
	split("# Lessons from July\n", NULL);
	assert_int_equal(sections.at[0].key, SECTION_PITFALLS);
	split("> # Lessons\n", NULL);
	assert_int_equal(sections.nr, 0);
}

static void a_lone_return_parts_headings(void **state)
{
	(void)state;
	split("# a\r# b\n", NULL);
	assert_int_equal(sections.nr, 2);
	assert_int_equal(sections.at[0].end_line, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(headings_are_known, set_up),
		cmocka_unit_test_setup(names_go_both_ways, set_up),
		cmocka_unit_test_setup(a_team_adds_names, set_up),
		cmocka_unit_test_setup(the_innermost_known_heading_wins,
				       set_up),
		cmocka_unit_test_setup(a_title_is_no_section, set_up),
		cmocka_unit_test_setup(a_lone_return_parts_headings, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
