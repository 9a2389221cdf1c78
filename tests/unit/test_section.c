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
		{ SECTION_DIFFICULTIES, "What was harder than expected" },
		{ SECTION_ACTIONS, "Outstanding items / next-session inputs" },
		{ SECTION_ACTIONS, "三、整改计划" },
		{ SECTION_IMPROVEMENTS, "개선 사항" },
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
		{ SECTION_NONE, "Summarise" },
		{ SECTION_NONE, "Impacted" },
		/* a name counts anywhere, the last of several */
		{ SECTION_TIMELINE, "Detection" },
		{ SECTION_SUMMARY, "In summary" },
		{ SECTION_TIMELINE, "Follow-up timeline" },
		{ SECTION_TIMELINE, "Recovery timeline" },
		{ SECTION_ACTIONS, "Post-incident action items" },
		{ SECTION_ACTIONS, "Corrective and Preventative Measures" },
		{ SECTION_ACTIONS, "数据组的后续行动" },
		{ SECTION_CAUSES, "本次事故的根因分析" },
		/* but not of what comes behind "of" and its like */
		{ SECTION_TIMELINE, "Timeline of the fix" },
		{ SECTION_IMPACT, "Impact during recovery" },
		{ SECTION_SUMMARY, "Summary of lessons" },
		{ SECTION_PITFALLS, "Lessons: how the fix failed" },
		{ SECTION_TIMELINE, "Timeline (UTC, until the resolution)" },
		{ SECTION_PITFALLS, "踩过的坑：一次修复" },
		/* both languages, and traditional characters */
		{ SECTION_ACTIONS, "行動項目 (Action Items)" },
		{ SECTION_ACTIONS, "Sprint 5 (行动项)" },
		{ SECTION_CAUSES, "根因 / Root Cause" },
		{ SECTION_CAUSES, "根因 Root Cause" },
		{ SECTION_PITFALLS, "經驗教訓" },
		{ SECTION_ACTIONS, "改進措施" },
		{ SECTION_TIMELINE, "時間線" },
		/* names from real collections */
		{ SECTION_SUMMARY, "Issue Summary" },
		{ SECTION_PITFALLS, "Key learnings" },
		{ SECTION_ACTIONS, "Recommendations" },
		{ SECTION_SUMMARY, "现象" },
		{ SECTION_SUMMARY, "故障背景" },
		{ SECTION_SOLUTIONS, "处理经过" },
		{ SECTION_SOLUTIONS, "排查过程" },
		{ SECTION_SOLUTIONS, "定位过程" },
		{ SECTION_SOLUTIONS, "故障处理" },
		{ SECTION_SOLUTIONS, "恢复措施" },
		{ SECTION_CAUSES, "问题分析" },
		{ SECTION_CAUSES, "故障根因" },
		{ SECTION_ACTIONS, "后续跟进" },
		{ SECTION_ACTIONS, "后续优化" },
		{ SECTION_ACTIONS, "下一步" },
		{ SECTION_ACTIONS, "下一步计划" },
		{ SECTION_ACTIONS, "改进行动" },
		{ SECTION_ACTIONS, "责任人跟进" },
		{ SECTION_PITFALLS, "总结" },
		{ SECTION_PITFALLS, "反思" },
		{ SECTION_PITFALLS, "不足之处" },
		{ SECTION_PITFALLS, "如何避免" },
		{ SECTION_PITFALLS, "避坑" },
		{ SECTION_PITFALLS, "坑点" },
		{ SECTION_PITFALLS, "注意事项" },
		{ SECTION_TIMELINE, "事件时间线" },
		{ SECTION_ACTIONS, "第三部分 行动计划" },
		{ SECTION_NONE, "入坑指南" },
		{ SECTION_NONE, "Prefix" },
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

static void two_names_in_one_breath_are_both(void **state)
{
	(void)state;
	split("## What went well / What went wrong\na\n"
	      "## 经验教训与改进措施\nb\n"
	      "## Lessons and next steps\nc\n### Detail\nd\n"
	      "## Follow-up timeline\ne\n",
	      NULL);
	assert_true(section_is(&sections.at[0], SECTION_PITFALLS));
	assert_true(section_is(&sections.at[0], SECTION_WENT_WELL));
	for (size_t i = 1; i < 4; i++) {
		assert_true(section_is(&sections.at[i], SECTION_PITFALLS));
		assert_true(section_is(&sections.at[i], SECTION_ACTIONS));
	}
	assert_false(section_is(&sections.at[4], SECTION_ACTIONS));
}

/* Below one of these a heading is an entry before it is a section. */
static void a_name_in_an_entrys_heading_is_no_section(void **state)
{
	(void)state;
	split("## Pitfalls\n### The fix broke the cache\n"
	      "### What went well\n## Actions\n### Process improvements\n"
	      "## Notes\n### The fix\n",
	      NULL);
	assert_int_equal(sections.at[1].key, SECTION_PITFALLS);
	assert_false(sections.at[1].own);
	assert_int_equal(sections.at[2].key, SECTION_WENT_WELL);
	assert_int_equal(sections.at[4].key, SECTION_ACTIONS);
	assert_int_equal(sections.at[6].key, SECTION_SOLUTIONS);
}

static void a_name_alone_is_no_title(void **state)
{
	static const char *const names[] = { "Summary",          "背景",
					     "## 1. Impact",     "摘要：",
					     "一、概述",         "目录",
					     "Table of Contents" };
	static const char *const titles[] = {
		"Summary of the outage", "Impact of v2", "背景图丢失",
		"Lessons from July",     "踩坑记录",     "Pager fix"
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!section_is_name(&arena, names[i]))
			fail_msg("'%s' is a title", names[i]);
	for (size_t i = 0; i < ARRAY_SIZE(titles); i++)
		if (section_is_name(&arena, titles[i]))
			fail_msg("'%s' is no title", titles[i]);
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
	for (size_t i = 1; i < SECTION_COUNT; i++)
		for (int chinese = 0; chinese < 2; chinese++)
			assert_int_equal(
				section_by_heading(
					&arena,
					section_title((enum section_key)i,
						      chinese),
					NULL),
				i);
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
		cmocka_unit_test_setup(two_names_in_one_breath_are_both,
				       set_up),
		cmocka_unit_test_setup(
			a_name_in_an_entrys_heading_is_no_section, set_up),
		cmocka_unit_test_setup(a_name_alone_is_no_title, set_up),
		cmocka_unit_test_setup(names_go_both_ways, set_up),
		cmocka_unit_test_setup(a_team_adds_names, set_up),
		cmocka_unit_test_setup(the_innermost_known_heading_wins,
				       set_up),
		cmocka_unit_test_setup(a_title_is_no_section, set_up),
		cmocka_unit_test_setup(a_lone_return_parts_headings, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
