/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "model/body.h"

static const struct actions *collect(const char *text)
{
	return &body_read(read_text(text), &arena, &diags, NULL)->actions;
}

static const struct action *one(const char *item)
{
	const struct actions *actions =
		collect(arena_printf(&arena, "## Actions\n\n- [ ] %s\n", item));

	assert_int_equal(actions->nr, 1);
	return &actions->at[0];
}

static void assert_text(const char *is, const char *want)
{
	if (!want)
		assert_null(is);
	else
		assert_string_equal(is, want);
}

static void the_formats_own_examples(void **state)
{
	const char *text =
		"## Actions\n\n"
		"- [ ] A1: Pin the CUDA version in the lockfile @ann "
		"due:2026-12-01 !high\n"
		"- [x] A2: Label audit before training @bo done:3f2c91b0d4\n"
		"- [-] A3: Rewrite the loader (declined: the vendor ships a "
		"fix in May)\n";
	const struct actions *a = collect(text);

	(void)state;
	assert_int_equal(a->nr, 3);
	assert_int_equal(a->at[0].state, ACTION_OPEN);
	assert_string_equal(a->at[0].id, "A1");
	assert_string_equal(a->at[0].text,
			    "Pin the CUDA version in the lockfile");
	assert_string_equal(a->at[0].owner, "ann");
	assert_int_equal(a->at[0].due, 20788);
	assert_string_equal(a->at[0].priority, "high");
	assert_null(a->at[0].done);
	assert_int_equal(a->at[0].line, 3);
	assert_int_equal(a->at[0].box_at, strchr(text, '[') - text + 1);
	assert_int_equal(a->at[1].state, ACTION_DONE);
	assert_string_equal(a->at[1].text, "Label audit before training");
	assert_string_equal(a->at[1].done, "3f2c91b0d4");
	assert_int_equal(a->at[1].due, DAY_NONE);
	assert_int_equal(a->at[2].state, ACTION_DECLINED);
	assert_string_equal(a->at[2].text, "Rewrite the loader");
	assert_string_equal(a->at[2].reason, "the vendor ships a fix in May");
	assert_int_equal(diags.nr, 0);
}

static void marks_are_taken_out(void **state)
{
	static const struct {
		const char *item, *id, *text, *owner, *priority, *done, *reason;
	} cases[] = {
		{ "no marks", NULL, "no marks", NULL, NULL, NULL, NULL },
		{ "A12：给锁文件加版本@安娜，尽快", "A12",
		  "给锁文件加版本，尽快", "安娜", NULL, NULL, NULL },
		{ "修复版本@ann修复", NULL, "修复版本修复", "ann", NULL, NULL,
		  NULL },
		{ "ask @ann-marie.o, then @bo.", NULL, "ask , then @bo.",
		  "ann-marie.o", NULL, NULL, NULL },
		{ "@org/team x", NULL, "x", "org/team", NULL, NULL, NULL },
		{ "mail x@y.com or a+@b", NULL, "mail x@y.com or a+@b", NULL,
		  NULL, NULL, NULL },
		{ "use `@types/node` and `due:1`", NULL,
		  "use @types/node and due:1", NULL, NULL, NULL, NULL },
		{ "@ alone @", NULL, "@ alone @", NULL, NULL, NULL, NULL },
		{ "wow!high x!low !lower !!low", NULL,
		  "wow!high x!low !lower !!low", NULL, NULL, NULL, NULL },
		{ "x !LOW.", NULL, "x .", NULL, "low", NULL, NULL },
		{ "done:2026-11-24 x", NULL, "x", NULL, NULL, "2026-11-24",
		  NULL },
		{ "x done: maybe", NULL, "x done: maybe", NULL, NULL, NULL,
		  NULL },
		{ "undone:abcd", NULL, "undone:abcd", NULL, NULL, NULL, NULL },
		{ "x （declined：太贵（很贵）了） y", NULL, "x y", NULL, NULL,
		  NULL, "太贵（很贵）了" },
		{ "x (declined: never closed", NULL, "x", NULL, NULL, NULL,
		  "never closed" },
		{ "x (declined)", NULL, "x (declined)", NULL, NULL, NULL,
		  NULL },
		{ "**A3:** bold", "A3", "bold", NULL, NULL, NULL, NULL },
		{ "a4 : x", "A4", "x", NULL, NULL, NULL, NULL },
		{ "P0: x", NULL, "P0: x", NULL, NULL, NULL, NULL },
		{ "A1 x", NULL, "A1 x", NULL, NULL, NULL, NULL },
		{ "A: x", NULL, "A: x", NULL, NULL, NULL, NULL },
		{ "A1:", "A1", "", NULL, NULL, NULL, NULL },
		{ "A1: due:", "A1", "", NULL, NULL, NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct action *a = one(cases[i].item);

		assert_text(a->id, cases[i].id);
		assert_text(a->text, cases[i].text);
		assert_text(a->owner, cases[i].owner);
		assert_text(a->priority, cases[i].priority);
		assert_text(a->done, cases[i].done);
		assert_text(a->reason, cases[i].reason);
		assert_int_equal(diags.nr, 0);
	}
}

static void due_days(void **state)
{
	(void)state;
	assert_int_equal(one("x due:2026-12-01")->due, 20788);
	assert_int_equal(one("x due: 2026/12/01, y")->due, 20788);
	assert_int_equal(one("版本due：2026年12月1日前")->due, 20788);
	assert_int_equal(one("overdue:2026-12-01")->due, DAY_NONE);
	assert_int_equal(diags.nr, 0);
	assert_int_equal(one("x due:2026-13-01")->due, DAY_NONE);
	only_diag("action", 3, 1);
	diags.nr = 0;
	assert_string_equal(one("x due:soon")->text, "x due:soon");
	only_diag("action", 3, 1);
}

static void where_actions_are(void **state)
{
	const struct actions *a =
		collect("## Summary\n- [ ] no\n\n## 行动项\n- no box\n- [ ] a\n"
			"  - [x] b\n\n> - [ ] quoted\n\n### Later\n1. [ ] c\n\n"
			"## Impact\n- [ ] no\n");

	(void)state;
	assert_int_equal(a->nr, 3);
	assert_string_equal(a->at[0].text, "a");
	assert_string_equal(a->at[1].text, "b");
	assert_int_equal(a->at[1].state, ACTION_DONE);
	assert_int_equal(a->at[1].line, 7);
	assert_string_equal(a->at[2].text, "c");
}

static void an_id_is_borne_once(void **state)
{
	const char *text = "## Actions\n- [ ] A1: a\n- [ ] A2: b\n"
			   "- [ ] a1: c\n";

	(void)state;
	collect(text);
	assert_non_null(strstr(only_diag("action", 4, 1)->text, "line 2"));
}

static void a_box_is_where_its_bytes_are(void **state)
{
	const char *text = "\xEF\xBB\xBF---\r\nid: 踩坑\r\n---\r\n"
			   "## 行动项\r\n\r\n* [X] 做\r\n";
	const struct actions *a = collect(text);

	(void)state;
	assert_int_equal(a->at[0].box_at, strchr(text, 'X') - text);
	assert_int_equal(a->at[0].line, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_formats_own_examples, set_up),
		cmocka_unit_test_setup(marks_are_taken_out, set_up),
		cmocka_unit_test_setup(due_days, set_up),
		cmocka_unit_test_setup(where_actions_are, set_up),
		cmocka_unit_test_setup(an_id_is_borne_once, set_up),
		cmocka_unit_test_setup(a_box_is_where_its_bytes_are, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
