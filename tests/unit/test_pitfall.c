/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "model/body.h"
#include "model/entry.h"

static const struct pitfalls *collect(const char *text)
{
	return &body_read(read_text(text), &arena, &diags, NULL)->pitfalls;
}

static void items_or_paragraphs(void **state)
{
	const struct pitfalls *p;

	(void)state;
	p = collect("## Pitfalls\n\nintro\n\n- *one*\n  more\n\n  second\n"
		    "  - inner\n- \n- <!-- empty -->\n1. two\n\n"
		    "## Summary\n\n- not one\n");
	assert_int_equal(p->nr, 2);
	assert_string_equal(p->at[0].text, "one more");
	assert_int_equal(p->at[0].line, 5);
	assert_string_equal(p->at[1].text, "two");
	assert_int_equal(p->at[1].line, 12);

	p = collect("## 踩过的坑\n\n一\n\n### 网络\n二\n<!-- c -->\n\n"
		    "### What went well\n三\n");
	assert_int_equal(p->nr, 2);
	assert_string_equal(p->at[0].text, "一");
	assert_string_equal(p->at[1].text, "网络");
	assert_int_equal(p->at[1].line, 5);
}

static void a_number_in_front(void **state)
{
	static const struct {
		const char *item, *id, *text;
	} cases[] = {
		{ "P1: One", "P1", "One" },
		{ "**P12**: *Twelve*", "P12", "Twelve" },
		{ "p3： 三", "P3", "三" },
		{ "P4 : Four", "P4", "Four" },
		{ "P0: The top", NULL, "P0: The top" },
		{ "P1234567: Long", NULL, "P1234567: Long" },
		{ "P1 is a number", NULL, "P1 is a number" },
		{ "A1: An action", NULL, "A1: An action" },
		{ "P: None", NULL, "P: None" },
		{ "P", NULL, "P" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct pitfalls *p = collect(arena_printf(
			&arena, "## Pitfalls\n- %s\n", cases[i].item));

		assert_int_equal(p->nr, 1);
		assert_string_equal(p->at[0].text, cases[i].text);
		if (cases[i].id)
			assert_string_equal(p->at[0].id, cases[i].id);
		else
			assert_null(p->at[0].id);
	}
	assert_int_equal(collect("## Pitfalls\n- P1:\n- P2: \n")->nr, 0);
	assert_int_equal(
		pitfall_next(collect("## Pitfalls\n- P3: a\n- b\n- P1: c\n")),
		4);
}

static void code_spans_name_paths(void **state)
{
	static const struct {
		const char *span, *path;
	} cases[] = {
		{ "src/a.c", "src/a.c" },
		{ "./src/a.c", "src/a.c" },
		{ "a.py", "a.py" },
		{ "src/a.c:42", "src/a.c" },
		{ "src/", "src/" },
		{ "数据/标签.csv", "数据/标签.csv" },
		{ ".gitignore", ".gitignore" },
		{ "make all", NULL },
		{ "v1.4", NULL },
		{ "1.10.2", NULL },
		{ "Makefile", "Makefile" },
		{ "Dockerfile", "Dockerfile" },
		{ "logfile", NULL },
		{ "File", NULL },
		{ "OpenFile", NULL },
		{ "Openfile()", NULL },
		{ "http://x/y.c", NULL },
		{ "/etc/hosts", NULL },
		{ "~/x.c", NULL },
		{ "../x.c", NULL },
		{ "-x/y", NULL },
		{ "f()", NULL },
		{ ":42", NULL },
		{ "./", NULL },
		{ "@types/node", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct pitfalls *p = collect(
			arena_printf(&arena, "## Pitfalls\n- x\n  - **`%s`**\n",
				     cases[i].span));
		const struct strs *paths = &p->at[0].paths;

		if (paths->nr != (cases[i].path != NULL))
			fail_msg("'%s': %zu paths", cases[i].span, paths->nr);
		if (cases[i].path)
			assert_string_equal(paths->at[0], cases[i].path);
	}
	assert_int_equal(
		collect("## Pitfalls\n`a.c` `a.c` `b.c`\n")->at[0].paths.nr, 2);
}

static void code_spans_name_what_code_has(void **state)
{
	static const struct {
		const char *span;
		enum pitfall_name_kind kind;
		const char *word, *owner; /* NULL word: no name */
	} cases[] = {
		{ "load_rows()", NAME_FUNCTION, "load_rows", NULL },
		{ "Loader.load(path)", NAME_FUNCTION, "load", "Loader" },
		{ "Loader.rows", NAME_MEMBER, "rows", "Loader" },
		{ "a::Loader::rows", NAME_MEMBER, "rows", "Loader" },
		{ "loader->rows", NAME_MEMBER, "rows", "loader" },
		{ "torch", NAME_KEY, "torch", NULL },
		{ "max-retries", NAME_KEY, "max-retries", NULL },
		{ "@scope/name", NAME_KEY, "@scope/name", NULL },
		{ "a", 0, NULL, NULL },
		{ "git log", 0, NULL, NULL },
		{ "load(", 0, NULL, NULL },
		{ "1.2", 0, NULL, NULL },
		{ "--force", NAME_KEY, "--force", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct pitfall_name name;

		if (pitfall_name_read(&name, &arena, cases[i].span) !=
		    (cases[i].word != NULL))
			fail_msg("%s", cases[i].span);
		if (!cases[i].word)
			continue;
		assert_int_equal(name.kind, cases[i].kind);
		assert_string_equal(name.word, cases[i].word);
		if (cases[i].owner)
			assert_string_equal(name.owner, cases[i].owner);
	}
}

static void what_is_a_number_alone(void **state)
{
	(void)state;
	assert_string_equal(entry_unnumbered("12. Pin it"), "Pin it");
	/* What lies behind its end is not read. */
	assert_string_equal(entry_unnumbered("12\0 x"), "12");
}

/* cmark takes definitions off a paragraph, and says that it begins there. */
static void no_place_behind_a_definition(void **state)
{
	const struct pitfalls *p;

	(void)state;
	p = collect("## Pitfalls\n\n[a]: /b\n1、One\n2、Two\n");
	assert_int_equal(p->nr, 2);
	assert_string_equal(p->at[0].text, "One");
	assert_int_equal(p->at[0].at, 0);
	p = collect("## Pitfalls\n\n[a]: One\n");
	assert_int_equal(p->nr, 0);
	p = collect("## Pitfalls\n\n[a] One: two\n");
	assert_int_equal(p->nr, 1);
	assert_int_equal(p->at[0].at, strlen("## Pitfalls\n\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(items_or_paragraphs, set_up),
		cmocka_unit_test_setup(a_number_in_front, set_up),
		cmocka_unit_test_setup(code_spans_name_paths, set_up),
		cmocka_unit_test_setup(code_spans_name_what_code_has, set_up),
		cmocka_unit_test(what_is_a_number_alone),
		cmocka_unit_test_setup(no_place_behind_a_definition, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
