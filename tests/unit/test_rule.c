/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include <ctype.h>

static const struct retro *known_retro;

static int find_commit(void *data, const char *name)
{
	(void)data;
	return name[0] == 'a' ? 1 : name[0] == 'd' ? 0 : -1;
}

static int find_tag(void *data, const char *name)
{
	(void)data;
	return strcmp(name, "v1.0") == 0;
}

static const struct retro *find_retro(void *data, const char *id)
{
	(void)data;
	return strcmp(id, "known") == 0 ? known_retro : NULL;
}

static const struct resolver resolver = { NULL, find_commit, find_tag,
					  find_retro };

/* Checks a file with the default policy; its problems are all there are. */
static void check(const char *text)
{
	struct policy policy;

	policy_init(&policy, &arena);
	diags.nr = 0;
	known_retro = read_as("known.md", "");
	check_retro(read_retro(text), &policy, &resolver);
}

#define HEAD "---\nid: x\ntitle: T\ndate: 2026-11-24\n"
#define BODY "## Summary\na\n## Pitfalls\n- b\n## Actions\n- [ ] A1: c\n"

static void a_good_retro_has_no_problem(void **state)
{
	static const struct {
		const char *front, *body;
	} cases[] = {
		{ HEAD "status: draft\n---\n", "" },
		{ HEAD "status: review\n---\n", "" },
		{ HEAD "status: final\n---\n", BODY },
		{ HEAD "status: final\nsummary: a\n---\n",
		  "## 踩过的坑\n### 网络\n`b.c` 很慢\n## 行动项\n无\n" },
		{ HEAD "status: superseded\nsuperseded-by: known\n---\n", "" },
		{ HEAD "status: waived\nsummary: only docs\n---\n", "" },
		{ HEAD "status: waived\n---\n", "# T\n\nonly docs\n" },
		{ HEAD "status: draft\nx-team: core\nrelease: v1.0\n"
		       "commits: {cause: abcd, fix: [ABCDEF0123, ffff]}\n"
		       "range: v1.0..v1.1\nrelated: [known]\n"
		       "started: 2026-11-24T10:00:00+08:00\n"
		       "detected: 2026-11-24T02:30:00Z\n"
		       "resolved: 2026-11-24T11:00:00+08:00\n"
		       "metrics: [{name: a, better: Higher}]\n---\n",
		  "" },
		/* a collection written before this tool was */
		{ "---\nuuid: 7\nstatus: published\nteam: x\nrelease: 9\n"
		  "---\n",
		  "## Pitfalls\n" },
		{ "", "# Only a heading\n" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		check(arena_printf(&arena, "%s%s", cases[i].front,
				   cases[i].body));
		for (size_t j = 0; j < diags.nr; j++)
			if (diags.at[j].level > DIAG_NOTE)
				fail_msg("%s%s\n%s: %s", cases[i].front,
					 cases[i].body, diags.at[j].rule,
					 diags.at[j].text);
	}
}

/* Each rule that looks: a file it finds something in, and where. */
static void each_rule_finds_its_own(void **state)
{
	static const struct {
		const char *rule, *text;
		int line, column;
		enum diag_level level;
	} cases[] = {
		{ "required-field",
		  "---\nid: x\ndate: 2026-01-01\n"
		  "status: draft\n---\n",
		  1, 1, DIAG_ERROR },
		{ "required-field",
		  "---\nid: x\ntitle: T\ndate: 2026-01-01\n"
		  "status:\n---\n",
		  5, 1, DIAG_ERROR },
		{ "unknown-key", HEAD "status: draft\nlabls: a\n---\n", 6, 1,
		  DIAG_WARNING },
		{ "id",
		  "---\nid: a b\ntitle: T\ndate: 2026-01-01\n"
		  "status: draft\n---\n",
		  2, 5, DIAG_ERROR },
		{ "time-order",
		  HEAD "status: draft\nstarted: 2026-01-02\n"
		       "resolved: 2026-01-01\n---\n",
		  7, 11, DIAG_WARNING },
		{ "range", HEAD "status: draft\nrange: v1\n---\n", 6, 8,
		  DIAG_WARNING },
		{ "metric",
		  HEAD "status: draft\nmetrics:\n- name: a\n"
		       "  better: more\n---\n",
		  8, 11, DIAG_WARNING },
		{ "metric", HEAD "status: draft\nmetrics:\n- unit: a\n---\n", 7,
		  1, DIAG_WARNING },
		{ "waiver-reason", HEAD "status: waived\n---\n# T\n<!-- -->\n",
		  5, 9, DIAG_ERROR },
		{ "commit-id",
		  HEAD "status: draft\ncommits:\n  fix: [abcd, "
		       "HEAD]\n---\n",
		  7, 15, DIAG_WARNING },
		{ "commit-unresolved",
		  HEAD "status: draft\ncommits:\n"
		       "- abcd\n- dddd\n---\n",
		  8, 3, DIAG_WARNING },
		{ "release-unresolved",
		  HEAD "status: draft\n"
		       "releases: [v1.0, v2.0]\n---\n",
		  6, 18, DIAG_WARNING },
		{ "link-unresolved",
		  HEAD "status: draft\n"
		       "seen-before: gone\n---\n",
		  6, 14, DIAG_WARNING },
		{ "link-unresolved",
		  HEAD "status: superseded\n"
		       "superseded-by: gone\n---\n",
		  6, 16, DIAG_ERROR },
		{ "required-section",
		  HEAD "status: final\n---\n"
		       "## Summary\na\n## Actions\nb\n",
		  5, 9, DIAG_ERROR },
		{ "empty-section",
		  HEAD "status: final\n---\n"
		       "## Pitfalls\n<!-- what? -->\n- \n"
		       "## Summary\na\n## Actions\nb\n",
		  7, 1, DIAG_ERROR },
		{ "empty-section",
		  HEAD "status: final\nsummary: a\n---\n"
		       "## Pitfalls\n|a|b|\n|-|-|\n"
		       "## Actions\nb\n",
		  8, 1, DIAG_ERROR },
		{ "empty-section",
		  HEAD "status: final\nsummary: a\n---\n"
		       "## Pitfalls\na\n## Actions\n"
		       "- [ ] A1: @ann due:\n- [ ]\n",
		  10, 1, DIAG_ERROR },
		{ "action", HEAD "status: final\n---\n" BODY "- [ ] A1: d\n",
		  13, 1, DIAG_ERROR },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct diag *diag;

		check(cases[i].text);
		if (diags.nr != 1 ||
		    strcmp(diags.at[0].rule, cases[i].rule) != 0)
			fail_msg("%s: %zu problems of\n%s", cases[i].rule,
				 diags.nr, cases[i].text);
		diag = only_diag(cases[i].rule, cases[i].line, cases[i].column);
		assert_int_equal(diag->level, cases[i].level);
		assert_non_null(diag->hint);
	}
}

static void what_fills_a_section(void **state)
{
	static const char *const bodies[] = {
		"a",
		"- a",
		"- [ ] a",
		"1. a",
		"> a",
		"```\na\n```",
		"|a|\n|-|\n|b|",
		"- \n  - a",
		"- [ ] A1:\n  more\n\n  a",
		"### Net\na",
		"- ```\n  a\n  ```",
		"none",
		"无",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bodies); i++) {
		check(arena_printf(&arena,
				   HEAD "status: final\nsummary: a\n---\n"
					"## Actions\n%s\n\n## Pitfalls\n%s\n",
				   bodies[i], bodies[i]));
		if (diags.nr)
			fail_msg("%s: %s", bodies[i], diags.at[0].text);
	}
}

static void ids_are_words(void **state)
{
	static const char *const good[] = { "2026-11-24-踩坑", "a_b.c", "x",
					    "é", "1" };
	static const char *const bad[] = { "a/b",    "a b",        ".x",
					   "-x",     "a..b",       "a#1",
					   "踩，坑", "a\xC2\xA0_", "🚀",
					   "a@{1}" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		check(arena_printf(&arena, "---\nid: '%s'\n---\n", good[i]));
		if (diag_of("id"))
			fail_msg("'%s' is an id", good[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		check(arena_printf(&arena, "---\nid: '%s'\n---\n", bad[i]));
		if (!diag_of("id"))
			fail_msg("'%s' is no id", bad[i]);
	}
}

static void a_misspelt_key_gets_a_hint(void **state)
{
	(void)state;
	check(HEAD "status: draft\nlabls: a\n---\n");
	assert_non_null(strstr(diag_of("unknown-key")->hint, "'labels'"));
	check(HEAD "status: draft\nweather: a\n---\n");
	assert_non_null(strstr(diag_of("unknown-key")->hint, "x-"));
}

static void nobody_to_ask_is_no_problem(void **state)
{
	static const struct resolver silent = { 0 };
	const char *text = HEAD "status: draft\ncommits: dddd\n"
				"releases: v9\nrelated: gone\n---\n";

	(void)state;
	check_retro(read_retro(text), NULL, NULL);
	check_retro(read_retro(text), NULL, &silent);
	assert_int_equal(diags.nr, 0);
}

static void notes_never_fail(void **state)
{
	(void)state;
	check("---\nuuid: 7\ntitle: [a]\nlabels: {a: b}\ndate: 0000-00-00\n"
	      "status: odd\nkind: odd\nseverity: odd\nstarted: odd\n"
	      "range: odd\ncommits: [odd, dddd]\nrelated: gone\ntitle: x\n"
	      "metrics: [{better: x}]\n---\n## Actions\n- [ ] A1: due:odd\n"
	      "- [ ] A1: x\n");
	assert_true(diags.nr > 10);
	assert_int_equal(diag_count(&diags, DIAG_ERROR), 0);
}

static void two_files_of_one_id(void **state)
{
	struct retros retros = { 0 };

	(void)state;
	vec_push(&arena, &retros, read_as("a.md", "---\nid: x\n---\n"));
	vec_push(&arena, &retros, read_as("b/x.md", "text\n"));
	vec_push(&arena, &retros, read_as("c.md", "---\nid: x\n---\n"));
	vec_push(&arena, &retros, read_as("d.md", "---\nid: y\n---\n"));
	diags.nr = 0;
	rule_check_all(&arena, &diags, &retros);
	assert_int_equal(diags.nr, 3);
	diag_sort(&diags);
	assert_string_equal(diags.at[0].path, "a.md");
	assert_non_null(strstr(diags.at[0].text, "b/x.md"));
	assert_int_equal(diags.at[0].level, DIAG_ERROR);
	assert_int_equal(diags.at[0].pos.line, 2);
	assert_string_equal(diags.at[1].path, "b/x.md");
	assert_non_null(strstr(diags.at[1].text, "a.md"));
	assert_int_equal(diags.at[1].level, DIAG_WARNING);
	assert_string_equal(diags.at[2].path, "c.md");
}

static void the_table_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = &rule_table[i];

		assert_ptr_equal(rule_find(rule->id), rule);
		for (const char *p = rule->id; *p; p++)
			assert_true(islower((unsigned char)*p) || *p == '-');
		assert_non_null(rule->reason);
		assert_true(rule->note <= rule->draft);
		assert_true(rule->draft <= rule->final);
	}
	assert_null(rule_find("no-such-rule"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_good_retro_has_no_problem, set_up),
		cmocka_unit_test_setup(each_rule_finds_its_own, set_up),
		cmocka_unit_test_setup(what_fills_a_section, set_up),
		cmocka_unit_test_setup(ids_are_words, set_up),
		cmocka_unit_test_setup(a_misspelt_key_gets_a_hint, set_up),
		cmocka_unit_test_setup(nobody_to_ask_is_no_problem, set_up),
		cmocka_unit_test_setup(notes_never_fail, set_up),
		cmocka_unit_test_setup(two_files_of_one_id, set_up),
		cmocka_unit_test_setup(the_table_is_whole, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
