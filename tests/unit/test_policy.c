/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "model/policy.h"

static struct policy policy;

static void lay(const char *text)
{
	diags.nr = 0;
	policy_init(&policy, &arena);
	policy_read(&policy, &arena, &diags, ".retro.yml", text, strlen(text));
}

static const struct setting *setting(const char *key)
{
	for (size_t i = 0; i < policy_count; i++)
		if (strcmp(policy_table[i].key, key) == 0)
			return &policy_table[i];
	fail_msg("no setting %s", key);
	return NULL;
}

static bool set(const char *key, const char *first, const char *second)
{
	struct strs values = { 0 };

	diags.nr = 0;
	vec_push(&arena, &values, first);
	if (second)
		vec_push(&arena, &values, second);
	return policy_set(&policy, &arena, &diags, setting(key), &values,
			  "git config");
}

static void assert_defaults(void)
{
	assert_string_equal(policy.dir, "retros");
	assert_int_equal(policy.tags.nr, 1);
	assert_string_equal(policy.tags.at[0], "v[0-9]*");
	assert_int_equal(policy.ignore.nr, 0);
	assert_int_equal(policy.paths.nr, 0);
	assert_int_equal(policy.branches.nr, 3);
	assert_int_equal(policy.require, REQUIRE_MINOR);
	assert_null(policy.since);
	assert_int_equal(policy.due, 5);
	assert_int_equal(policy.on_tag, ON_TAG_PROMPT);
	assert_int_equal(policy.on_push, ON_PUSH_WARN);
	assert_int_equal(policy.on_commit, ON_COMMIT_HINT);
	assert_int_equal(policy.language, LANGUAGE_EN);
	assert_int_equal(policy.sections.nr, 0);
	for (size_t i = 0; i < 6; i++)
		for (size_t j = 0; j < SECTION_COUNT; j++)
			assert_int_equal(policy.required[i][j],
					 i == STATUS_FINAL &&
						 (j == SECTION_SUMMARY ||
						  j == SECTION_PITFALLS ||
						  j == SECTION_ACTIONS));
}

static void an_empty_file_leaves_the_defaults(void **state)
{
	static const char *const texts[] = {
		"",
		"# nothing\n",
		"releases:\n",
		"dir:\nrequired: {}\ndue: ~\n",
		"\xEF\xBB\xBFversion: 1\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		lay(texts[i]);
		assert_int_equal(diags.nr, 0);
		assert_defaults();
	}
}

static void every_setting_is_read(void **state)
{
	(void)state;
	lay("version: 1\r\ndir: ./docs//retros/\r\nreleases:\r\n"
	    "  tags: [\"r*\", 'x']\r\n  ignore: []\r\n  branches: rel/*\r\n"
	    "  require: all\r\n  since: v1.4.0\r\ndue: 10\r\non-tag: hint\r\n"
	    "on-push: block\r\non-commit: off\r\nlanguage: zh\r\n"
	    "required: {final: [causes], 评审中: summary}\r\n"
	    "sections: {pitfalls: [Gotchas, 坑], actions: Jobs}\r\n");
	assert_int_equal(diags.nr, 0);
	assert_string_equal(policy.dir, "docs/retros");
	assert_string_equal(policy.root, "docs/retros");
	assert_int_equal(policy.tags.nr, 2);
	assert_int_equal(policy.ignore.nr, 0);
	assert_string_equal(policy.branches.at[0], "rel/*");
	assert_int_equal(policy.require, REQUIRE_ALL);
	assert_string_equal(policy.since, "v1.4.0");
	assert_int_equal(policy.due, 10);
	assert_int_equal(policy.on_tag, ON_TAG_HINT);
	assert_int_equal(policy.on_push, ON_PUSH_BLOCK);
	assert_int_equal(policy.on_commit, ON_COMMIT_OFF);
	assert_int_equal(policy.language, LANGUAGE_ZH);
	assert_true(policy.required[STATUS_FINAL][SECTION_CAUSES]);
	assert_false(policy.required[STATUS_FINAL][SECTION_PITFALLS]);
	assert_true(policy.required[STATUS_REVIEW][SECTION_SUMMARY]);
	assert_int_equal(policy.sections.nr, 3);
	assert_int_equal(policy.sections.at[1].key, SECTION_PITFALLS);
	assert_string_equal(policy.sections.at[1].name, "坑");
	assert_string_equal(policy.sections.at[2].name, "Jobs");
}

static void dir_can_be_several(void **state)
{
	static const struct {
		const char *text, *home, *root;
	} cases[] = {
		{ "dir: .\n", "", "" },
		{ "dir: [docs/a, docs/b]\n", "docs/a", "docs" },
		{ "dir: [docs/ab, docs/a]\n", "docs/ab", "docs" },
		{ "dir: [docs/a, docs/a/b]\n", "docs/a", "docs/a" },
		{ "dir: [a, b]\n", "a", "" },
		{ "dir: 'services/*/retros'\n", "services", "services" },
		{ "dir: ['services/*/retros', docs]\n", "docs", "" },
		{ "dir: ['*/retros']\n", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		policy_init(&policy, &arena);
		lay(cases[i].text);
		assert_string_equal(policy.dir, cases[i].home);
		assert_string_equal(policy.root, cases[i].root);
	}
}

static void what_does_not_fit_is_told_and_left(void **state)
{
	static const struct {
		const char *text;
		int line, column;
		const char *says;
	} cases[] = {
		{ "dir: /etc\n", 1, 6, "inside the repository" },
		{ "dir: ../x\n", 1, 6, "inside the repository" },
		{ "dir: a/../..\n", 1, 6, "inside the repository" },
		{ "dir: -x\n", 1, 6, "inside the repository" },
		{ "dir: a/-x\n", 1, 6, "inside the repository" },
		{ "dir: .git/x\n", 1, 6, "inside the repository" },
		{ "dir: a/.GIT\n", 1, 6, "inside the repository" },
		{ "dir: 'a\\b'\n", 1, 6, "inside the repository" },
		{ "dir: \"a\\nb\"\n", 1, 6, "inside the repository" },
		{ "dir: [a, ../x]\n", 1, 10, "inside the repository" },
		{ "dir: [a, [b]]\n", 1, 10, "inside the repository" },
		{ "dir: {a: b}\n", 1, 6, "inside the repository" },
		{ "due: soon\n", 1, 6, "such as 5d" },
		{ "due: 5w\n", 1, 6, "such as 5d" },
		{ "due: -1\n", 1, 6, "such as 5d" },
		{ "due: 99999\n", 1, 6, "such as 5d" },
		{ "on-tag: promt\n", 1, 9, "prompt, hint, off" },
		{ "releases: {require: x}\n", 1, 21, "all, minor, major" },
		{ "releases:\n  tags: {a: b}\n", 2, 9, "list of patterns" },
		{ "releases: [x]\n", 1, 11, "group of settings" },
		{ "version: 2\n", 1, 10, "version 1" },
		{ "required: {fnal: []}\n", 1, 12, "'fnal'" },
		{ "required: {final: [pitfall]}\n", 1, 20, "'pitfall'" },
		{ "required: [summary]\n", 1, 11, "each status" },
		{ "sections: {traps: [a]}\n", 1, 12, "'traps'" },
		{ "- a\n", 1, 1, "no settings" },
		{ "colour: x\n", 1, 1, "'colour'" },
		{ "releases: {command: x}\n", 1, 12, "'releases.command'" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct diag *diag;

		lay(cases[i].text);
		diag = only_diag("policy", cases[i].line, cases[i].column);
		assert_int_equal(diag->level, DIAG_WARNING);
		if (!strstr(diag->text, cases[i].says))
			fail_msg("%s: %s", cases[i].text, diag->text);
		assert_defaults();
	}
	lay("dir: 'x\n");
	only_diag("yaml", 1, 6);
	assert_defaults();
	lay("dir: \xFF\n");
	only_diag("yaml", 1, 6);
}

static void one_bad_setting_spares_the_others(void **state)
{
	(void)state;
	lay("due: x\nlanguage: zh\n");
	assert_int_equal(diags.nr, 1);
	assert_int_equal(policy.language, LANGUAGE_ZH);
}

static void a_misspelt_key_gets_a_hint(void **state)
{
	static const char *const cases[][2] = {
		{ "on_tag: off\n", "'on-tag'" },
		{ "langauge: zh\n", "'language'" },
		{ "release: {tags: [v*]}\n", "'releases'" },
		{ "releases: {tag: [v*]}\n", "'releases.tags'" },
		{ "required: {final: [pitfall]}\n", "'pitfalls'" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		lay(cases[i][0]);
		assert_int_equal(diags.nr, 1);
		assert_non_null(strstr(diags.at[0].hint, cases[i][1]));
	}
}

static void git_config_lays_over(void **state)
{
	(void)state;
	policy_init(&policy, &arena);
	assert_true(set("on-tag", "off", NULL));
	assert_int_equal(policy.on_tag, ON_TAG_OFF);
	assert_true(set("on-push", "block", "off"));
	assert_int_equal(policy.on_push, ON_PUSH_OFF);
	assert_true(set("releases.tags", "a*", "b*"));
	assert_int_equal(policy.tags.nr, 2);
	assert_string_equal(policy.tags.at[1], "b*");
	assert_true(set("due", "3d", NULL));
	assert_int_equal(policy.due, 3);
	assert_true(set("releases.since", "", NULL));
	assert_null(policy.since);
	assert_false(set("dir", "..", NULL));
	assert_string_equal(policy.dir, "retros");
	assert_string_equal(diags.at[0].path, "git config");
	assert_null(setting("required")->config);
	assert_null(setting("sections")->config);
}

static const char *text(const char *key)
{
	return policy_text(&policy, &arena, setting(key));
}

static void defaults_come_from_nowhere(void **state)
{
	(void)state;
	lay("");
	for (size_t i = 0; i < policy_count; i++) {
		assert_null(policy_origin(&policy, &policy_table[i]));
		assert_string_equal(text(policy_table[i].key),
				    policy_table[i].fallback);
	}
}

static void a_value_knows_where_it_was_set(void **state)
{
	(void)state;
	lay("dir: notes\nreleases:\n  tags: [a, 'b\"c']\ndue: never\n"
	    "required: {draft: [summary], final: [summary, actions]}\n"
	    "sections:\n  pitfalls: [Traps, Snags]\n  impact: [Harm]\n");
	assert_string_equal(policy_origin(&policy, setting("dir")),
			    ".retro.yml:1");
	assert_string_equal(policy_origin(&policy, setting("releases.tags")),
			    ".retro.yml:3");
	assert_null(policy_origin(&policy, setting("due")));
	assert_string_equal(text("due"), "5d");
	assert_string_equal(text("dir"), "notes");
	assert_string_equal(text("releases.tags"), "[\"a\", \"b\\\"c\"]");
	assert_string_equal(text("required"), "{draft: [summary], final: "
					      "[summary, actions]}");
	assert_string_equal(text("sections"),
			    "{impact: [\"Harm\"], "
			    "pitfalls: [\"Traps\", \"Snags\"]}");
	assert_true(set("dir", "from/config", NULL));
	assert_string_equal(policy_origin(&policy, setting("dir")),
			    "git config");
	assert_false(set("dir", "../out", NULL));
	assert_string_equal(text("dir"), "from/config");
}

static void names_in_git_config_are_known_or_near(void **state)
{
	bool known;

	(void)state;
	assert_null(policy_nearest(&known, &arena, "retro.ONTAG"));
	assert_true(known);
	assert_string_equal(policy_nearest(&known, &arena, "retro.onpsuh"),
			    "retro.onPush");
	assert_false(known);
	assert_null(policy_nearest(&known, &arena, "retro.frobnicate"));
	assert_false(known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(an_empty_file_leaves_the_defaults,
				       set_up),
		cmocka_unit_test_setup(every_setting_is_read, set_up),
		cmocka_unit_test_setup(dir_can_be_several, set_up),
		cmocka_unit_test_setup(what_does_not_fit_is_told_and_left,
				       set_up),
		cmocka_unit_test_setup(one_bad_setting_spares_the_others,
				       set_up),
		cmocka_unit_test_setup(a_misspelt_key_gets_a_hint, set_up),
		cmocka_unit_test_setup(git_config_lays_over, set_up),
		cmocka_unit_test_setup(defaults_come_from_nowhere, set_up),
		cmocka_unit_test_setup(a_value_knows_where_it_was_set, set_up),
		cmocka_unit_test_setup(names_in_git_config_are_known_or_near,
				       set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
