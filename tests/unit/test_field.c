/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "model/field.h"

static const char *text_of(const struct retro *retro, const char *key)
{
	return field_text(&arena, field_find(key), retro);
}

static void keys_have_other_spellings(void **state)
{
	static const char *const same[][2] = {
		{ "uuid", "id" },
		{ "事故标题", "title" },
		{ "标题", "title" },
		{ "发生日期", "date" },
		{ "日期", "date" },
		{ "author", "authors" },
		{ "事故等级", "severity" },
		{ "categories", "labels" },
		{ "keywords", "labels" },
		{ "tags", "labels" },
		{ "release", "releases" },
		{ "applies-to", "paths" },
		{ "applies_to", "paths" },
		{ "affects", "paths" },
		{ "superseded_by", "superseded-by" },
		{ "Seen-Before", "seen-before" },
		{ "start_time", "started" },
		{ "end_time", "resolved" },
		{ "detecttime", "detected" },
		{ "stable_at", "mitigated" },
		{ "archive-url", "archive_url" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(same); i++) {
		const struct field *field = field_find(same[i][0]);

		if (!field)
			fail_msg("%s is unknown", same[i][0]);
		assert_string_equal(field->key, same[i][1]);
	}
	assert_null(field_find("责任人"));
	assert_null(field_find("idx"));
	assert_null(field_find(""));
	assert_null(field_find("---"));
}

static void every_type_is_read_and_shown(void **state)
{
	const struct retro *r = read_text(
		"---\n"
		"id: 2026-11-24-x\n"
		"title: 'A title'\n"
		"date: 2026-11-24T10:00:00Z\n"
		"status: Approved\n"
		"kind: 事故\n"
		"author: Ann <ann@example.com>\n"
		"severity: SEV-2\n"
		"tags: [a, b, '', a]\n"
		"categories: c\n"
		"release: v1.10\n"
		"commits:\n  cause: abc1\n  fix: [abc2, abc3]\n"
		"start_time: 2026-11-24 09:48:00+08:00\n"
		"end_time:\n"
		"metrics:\n- name: accuracy\n  before: 0.91\n  after: 0.93\n"
		"  unit: top-1\n  better: higher\n"
		"environment: {python: 3.11, gpu: {n: [1, 2]}}\n"
		"---\n");

	(void)state;
	assert_int_equal(diags.nr, 0);
	assert_true(r->has_id);
	assert_string_equal(text_of(r, "id"), "2026-11-24-x");
	assert_string_equal(text_of(r, "date"), "2026-11-24");
	assert_string_equal(text_of(r, "status"), "final");
	assert_string_equal(text_of(r, "kind"), "incident");
	assert_string_equal(text_of(r, "authors"), "Ann <ann@example.com>");
	assert_string_equal(text_of(r, "severity"), "2");
	assert_string_equal(text_of(r, "labels"), "a, b, c");
	assert_string_equal(text_of(r, "releases"), "v1.10");
	assert_string_equal(text_of(r, "commits"),
			    "cause abc1, fix abc2, abc3");
	assert_string_equal(text_of(r, "started"), "2026-11-24 09:48 +0800");
	assert_string_equal(text_of(r, "resolved"), "");
	assert_string_equal(text_of(r, "metrics"),
			    "accuracy 0.91 -> 0.93 top-1");
	assert_string_equal(text_of(r, "environment"),
			    "python: 3.11, gpu: {n: [1, 2]}");
	assert_string_equal(text_of(r, "owner"), "");
}

static void commits_are_problems(void **state)
{
	const struct retro *r = read_text(
		"---\ncommits:\n"
		"  - pitfall: P1\n    cause: [a1, a2]\n    fix: b1\n"
		"    backport: [c1]\n    Guard: [tests/, '*.t']\n"
		"  - cause: [a1]\n    other: [d1]\n  - e1\n  - {}\n---\n");

	(void)state;
	assert_int_equal(diags.nr, 0);
	assert_int_equal(r->problems.nr, 2);
	assert_string_equal(r->problems.at[0].pitfall, "P1");
	assert_int_equal(r->problems.at[0].guard.nr, 2);
	assert_null(r->problems.at[1].pitfall);
	assert_int_equal(r->problems.at[1].commits.fix.nr, 0);
	assert_string_equal(text_of(r, "commits"),
			    "P1: cause a1, a2, fix b1, backport c1, "
			    "guard tests/, *.t; cause a1, other d1, e1");
	assert_int_equal(r->commits.cause.nr, 2);
	assert_int_equal(r->commits.other.nr, 2);
	assert_ptr_equal(retro_problem(r, "p1"), &r->problems.at[0]);
	assert_null(retro_problem(r, "P2"));

	/* The map of one problem, and what is none. */
	r = read_text("---\ncommits: {pitfall: P3, fix: [a]}\n---\n");
	assert_int_equal(r->problems.nr, 1);
	assert_string_equal(r->problems.at[0].pitfall, "P3");
	r = read_text("---\ncommits: {other: [a], cause: []}\n---\n");
	assert_int_equal(r->problems.nr, 0);
	assert_int_equal(diags.nr, 0);
	r = read_text("---\nid: x\ncommits:\n  - [a]\n  - pitfal: P1\n---\n");
	assert_int_equal(r->problems.nr, 0);
	assert_int_equal(diags.nr, 2);
}

static void names_of_problems(void **state)
{
	static const struct {
		const char *name, *retro, *number;
	} cases[] = {
		{ "2026-01-01-x#P1", "2026-01-01-x", "P1" },
		{ "@#p12", "@", "P12" },
		{ "a#b#P2", "a#b", "P2" },
		{ "x#A1", "x#A1", NULL },
		{ "x#P0", "x#P0", NULL },
		{ "x#P1a", "x#P1a", NULL },
		{ "x#", "x#", NULL },
		{ "#P1", "#P1", NULL },
		{ "x", "x", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *retro, *number;
		bool parted =
			problem_split(&retro, &number, &arena, cases[i].name);

		assert_string_equal(retro, cases[i].retro);
		assert_int_equal(parted, cases[i].number != NULL);
		if (number)
			assert_string_equal(number, cases[i].number);
	}
}

static void a_bare_list_of_commits_is_other(void **state)
{
	const struct retro *r = read_text("---\ncommits: [abc1, abc2]\n---\n");

	(void)state;
	assert_int_equal(r->commits.other.nr, 2);
	r = read_text("---\ncommits: abc1\n---\n");
	assert_int_equal(r->commits.other.nr, 1);
	assert_int_equal(diags.nr, 0);
}

static void statuses_have_spellings(void **state)
{
	static const struct {
		const char *text;
		enum status status;
	} cases[] = {
		{ "draft", STATUS_DRAFT },
		{ "WIP", STATUS_DRAFT },
		{ "todo", STATUS_DRAFT },
		{ "待复盘", STATUS_DRAFT },
		{ "草稿", STATUS_DRAFT },
		{ "review", STATUS_REVIEW },
		{ "in-review", STATUS_REVIEW },
		{ "In Review", STATUS_REVIEW },
		{ "in_review", STATUS_REVIEW },
		{ "评审中", STATUS_REVIEW },
		{ "Final", STATUS_FINAL },
		{ "accepted", STATUS_FINAL },
		{ "approved", STATUS_FINAL },
		{ "completed", STATUS_FINAL },
		{ "complete", STATUS_FINAL },
		{ "published", STATUS_FINAL },
		{ "done", STATUS_FINAL },
		{ "closed", STATUS_FINAL },
		{ "已复盘", STATUS_FINAL },
		{ "已完成", STATUS_FINAL },
		{ "waived", STATUS_WAIVED },
		{ "fnal", STATUS_NONE },
		{ "rejected", STATUS_FINAL },
		{ "superseded", STATUS_SUPERSEDED },
		{ "Superseded by [ADR-0005](0005-example.md)",
		  STATUS_SUPERSEDED },
		{ "被 ADR-0005 取代", STATUS_SUPERSEDED },
		{ "被搁置", STATUS_NONE },
		{ "", STATUS_NONE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (status_parse(cases[i].text) != cases[i].status)
			fail_msg("status '%s'", cases[i].text);
	assert_string_equal(status_name(STATUS_FINAL), "final");
	assert_null(status_name(STATUS_NONE));
	assert_string_equal(kind_name(KIND_DEPLOYMENT), "deployment");
	assert_int_equal(kind_parse("Experiment"), KIND_EXPERIMENT);
	assert_int_equal(kind_parse("x"), KIND_NONE);
}

static void severities_have_spellings(void **state)
{
	static const struct {
		const char *text;
		int severity;
	} cases[] = {
		{ "1", 1 },           { "5", 5 },           { "0", 0 },
		{ "6", 0 },           { "S1", 1 },          { "s3", 3 },
		{ "SEV1", 1 },        { "SEV-2", 2 },       { "sev 4", 4 },
		{ "Severity: 3", 3 }, { "P0", 1 },          { "p4", 5 },
		{ "P5", 0 },          { "P1 (urgent)", 2 }, { "S10", 0 },
		{ "1.5", 0 },         { "一级", 1 },        { "II级", 2 },
		{ "3级", 3 },         { "high", 0 },        { "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (severity_parse(cases[i].text) != cases[i].severity)
			fail_msg("severity '%s' is %d", cases[i].text,
				 severity_parse(cases[i].text));
}

/* Each value that a field cannot take: its rule and place. */
static void bad_values_are_told(void **state)
{
	static const struct {
		const char *line, *rule;
		int at, column;
	} cases[] = {
		{ "title: {a: b}", "type", 3, 8 },
		{ "owner: [a, b]", "type", 3, 8 },
		{ "labels: {a: b}", "type", 3, 9 },
		{ "labels: [a, [b]]", "type", 3, 13 },
		{ "environment: 3", "type", 3, 14 },
		{ "metrics: fast", "type", 3, 10 },
		{ "metrics:\n- name: [a]", "type", 4, 9 },
		{ "status: fnal", "status", 3, 9 },
		{ "kind: thing", "kind", 3, 7 },
		{ "severity: high", "severity", 3, 11 },
		{ "date: 0000-00-00", "date", 3, 7 },
		{ "date: 2026-02-30", "date", 3, 7 },
		{ "end_time: around noon", "time", 3, 11 },
		{ "commits:\n  caus: abcd", "unknown-key", 4, 3 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *text = arena_printf(&arena, "---\nid: x\n%s\n---\n",
						cases[i].line);

		diags.nr = 0;
		read_text(text);
		only_diag(cases[i].rule, cases[i].at, cases[i].column);
	}
}

static void empty_is_unset(void **state)
{
	const struct retro *r = read_text(
		"---\nid:\ntitle: ~\ndate:\nstatus:\nkind: ''\nseverity:\n"
		"labels:\ncommits:\nmetrics:\nenvironment:\nstarted: ''\n"
		"commits: {cause: , fix: []}\n---\n");

	(void)state;
	assert_false(r->has_id);
	assert_string_equal(r->id, "x");
	assert_string_equal(r->title, "x");
	assert_int_equal(r->labels.nr, 0);
	only_diag("duplicate-key", 13, 1);
}

static void unknown_keys_are_kept_in_order(void **state)
{
	const struct retro *r = read_text(
		"---\nzeta: 1\ntitle: T\n责任人: x\nalpha: {a: b}\n---\n");

	(void)state;
	assert_int_equal(r->extras.nr, 3);
	assert_string_equal(r->extras.at[0].key, "zeta");
	assert_string_equal(r->extras.at[1].key, "责任人");
	assert_string_equal(r->extras.at[2].key, "alpha");
	assert_null(r->owner);
}

static void of_two_spellings_none_is_lost(void **state)
{
	const struct retro *r =
		read_text("---\nuuid: u\nid: i\n标题: second\ntitle: first\n"
			  "日期: 2026-01-02\ndate:\n---\n");

	(void)state;
	assert_string_equal(r->id, "i");
	assert_true(r->has_id);
	assert_string_equal(r->title, "first");
	assert_int_equal(r->date, 20455);
	assert_int_equal(r->extras.nr, 3);
	assert_string_equal(r->extras.at[0].key, "uuid");
	assert_string_equal(r->extras.at[1].key, "标题");
	assert_string_equal(r->extras.at[2].key, "date");
	assert_string_equal(field_pair(field_find("date"), r)->key->text,
			    "日期");
}

static void a_uuid_is_an_id_without_strictness(void **state)
{
	const struct retro *r = read_text("---\nuuid: u-1\n---\n");

	(void)state;
	assert_string_equal(r->id, "u-1");
	assert_false(r->has_id);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(keys_have_other_spellings, set_up),
		cmocka_unit_test_setup(every_type_is_read_and_shown, set_up),
		cmocka_unit_test_setup(commits_are_problems, set_up),
		cmocka_unit_test_setup(names_of_problems, set_up),
		cmocka_unit_test_setup(a_bare_list_of_commits_is_other, set_up),
		cmocka_unit_test_setup(statuses_have_spellings, set_up),
		cmocka_unit_test_setup(severities_have_spellings, set_up),
		cmocka_unit_test_setup(bad_values_are_told, set_up),
		cmocka_unit_test_setup(empty_is_unset, set_up),
		cmocka_unit_test_setup(unknown_keys_are_kept_in_order, set_up),
		cmocka_unit_test_setup(of_two_spellings_none_is_lost, set_up),
		cmocka_unit_test_setup(a_uuid_is_an_id_without_strictness,
				       set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
