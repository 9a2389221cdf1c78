/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "base/buf.h"
#include "index/ingest.h"
#include "search/terms.h"

static struct terms terms;

/* "a|b c -d": choices parted by blanks, what is excluded behind dashes. */
static const char *parse(const char *text)
{
	struct policy policy;
	struct buf b = BUF_INIT;
	const char *out;

	policy_init(&policy, &arena);
	assert_null(terms_parse(&terms, &arena, text, &policy));
	for (size_t i = 0; i < terms.all.nr; i++)
		for (size_t j = 0; j < terms.all.at[i].any.nr; j++)
			buf_addf(&b, "%s%s",
				 j   ? "|"
				 : i ? " "
				     : "",
				 terms.all.at[i].any.at[j]);
	for (size_t i = 0; i < terms.none.nr; i++)
		buf_addf(&b, "%s-%s", b.n ? " " : "", terms.none.at[i]);
	out = arena_strdup(&arena, b.p);
	buf_release(&b);
	return out;
}

static void words_and_phrases(void **state)
{
	(void)state;
	assert_string_equal(parse("cuda  version"), "cuda version");
	assert_string_equal(parse("\"data drift\" x"), "data drift x");
	assert_int_equal(terms.all.nr, 2);
	assert_string_equal(parse("“数据 漂移”　坑"), "数据 漂移 坑");
	assert_int_equal(terms.all.nr, 2);
	assert_string_equal(parse("x -y -\"a b\""), "x -y -a b");
}

static void or_joins_two(void **state)
{
	(void)state;
	assert_string_equal(parse("e b OR c d"), "e b|c d");
	assert_string_equal(parse("a OR b OR c"), "a|b|c");
	assert_string_equal(parse("OR e"), "e");
	assert_string_equal(parse("e OR"), "e");
	assert_string_equal(parse("e OR -b c"), "e c -b");
	assert_string_equal(parse("e OR kind:release c"), "e c");
	assert_string_equal(parse("e ORB c"), "e ORB c");
}

static void anything_else_is_words(void **state)
{
	(void)state;
	assert_string_equal(parse("C++ a AND ("), "C++");
	assert_string_equal(parse("\"open end"), "\"open end");
	assert_string_equal(parse("\" + - ( ) *"), "");
	assert_string_equal(parse("label: x:y in: z"), "label: x:y in: z");
	assert_string_equal(parse("- a"), "a");
	assert_string_equal(parse("a-b"), "a-b");
	assert_string_equal(parse(""), "");
	assert_int_equal(terms.query.labels.nr, 0);
}

static void signs_and_scripts_part_words(void **state)
{
	(void)state;
	assert_string_equal(parse("GPU/显存、训练，loss"),
			    "GPU 显存 训练 loss");
	assert_string_equal(parse("redis过期时间 fp16溢出"),
			    "redis 过期时间 fp16 溢出");
	assert_string_equal(parse("v1.4.0·CUDA-12.1"), "v1.4.0 CUDA-12.1");
	assert_string_equal(parse("\"GPU/显存\""), "GPU/显存");
	assert_true(terms.all.at[0].quoted);
	assert_string_equal(parse("why the canary got no traffic without us"),
			    "canary got no traffic us");
	assert_string_equal(parse("to be or not to be"), "to be or not to be");
}

static void wide_signs_are_signs(void **state)
{
	(void)state;
	assert_string_equal(parse("label：数据　－标注 漏标"), "漏标 -标注");
	assert_string_equal(terms.query.labels.at[0], "数据");
	assert_string_equal(terms.none.at[0], "标注");
	assert_string_equal(parse("－label：数据"), "");
	assert_string_equal(terms.excluded.at[0].labels.at[0], "数据");
	parse("in：踩坑 x");
	assert_int_equal(terms.columns, 1u << SECTION_PITFALLS);
}

static void filters(void **state)
{
	(void)state;
	assert_string_equal(parse("label:a label:\"b c\" x since:2026-01-02 "
				  "path:src/ author:ann release:v1.* "
				  "kind:incident"),
			    "x");
	assert_int_equal(terms.query.labels.nr, 2);
	assert_string_equal(terms.query.labels.at[1], "b c");
	assert_string_equal(terms.query.since, "2026-01-02");
	assert_string_equal(terms.query.paths.at[0], "src/");
	assert_string_equal(terms.query.authors.at[0], "ann");
	assert_string_equal(terms.query.releases.at[0], "v1.*");
	assert_string_equal(terms.query.kinds.at[0], "incident");
	assert_string_equal(parse("-label:a -kind:release"), "");
	assert_int_equal(terms.excluded.nr, 2);
	assert_string_equal(terms.excluded.at[1].kinds.at[0], "release");
}

static void sections(void **state)
{
	(void)state;
	parse("in:pitfalls x");
	assert_int_equal(terms.columns, 1u << SECTION_PITFALLS);
	parse("in:踩过的坑 in:title x");
	assert_int_equal(terms.columns,
			 1u << SECTION_PITFALLS | 1u << COLUMN_TITLE);
	parse("in:\"Root cause\"");
	assert_int_equal(terms.columns, 1u << SECTION_CAUSES);
	assert_string_equal(parse("-in:pitfalls"), "-in:pitfalls");
	assert_int_equal(terms.columns, 0);
}

static void what_no_retro_could_have(void **state)
{
	static const char *const texts[] = { "kind:x", "-kind:x", "since:x",
					     "in:x" };
	struct policy policy;

	(void)state;
	policy_init(&policy, &arena);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct err *e = terms_parse(&terms, &arena, texts[i], &policy);

		assert_non_null(e);
		assert_int_equal(e->code, ERR_USAGE);
		assert_non_null(e->hint);
		err_free(e);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(words_and_phrases, set_up),
		cmocka_unit_test_setup(or_joins_two, set_up),
		cmocka_unit_test_setup(anything_else_is_words, set_up),
		cmocka_unit_test_setup(signs_and_scripts_part_words, set_up),
		cmocka_unit_test_setup(wide_signs_are_signs, set_up),
		cmocka_unit_test_setup(filters, set_up),
		cmocka_unit_test_setup(sections, set_up),
		cmocka_unit_test_setup_teardown(what_no_retro_could_have,
						set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
