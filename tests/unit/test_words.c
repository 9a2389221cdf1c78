/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "index/words.h"

static struct buf out = BUF_INIT;

static int add(void *data, const struct word *word)
{
	(void)data;
	assert_true(word->n && word->from < word->to);
	if (out.n)
		buf_addch(&out, ' ');
	buf_add(&out, word->text, word->n);
	return 0;
}

/* The words of a text, with blanks between. */
static const char *cut(const char *text, unsigned flags)
{
	buf_reset(&out);
	assert_int_equal(words_cut(text, strlen(text), flags, add, NULL), 0);
	return out.p;
}

static void runs_of_letters_and_digits(void **state)
{
	(void)state;
	assert_string_equal(cut("The data_loader broke v1.4.0!", 0),
			    "the data loader broke v 1 4 0");
	assert_string_equal(cut("CUDA12.1 TLS1.3 k8s", 0),
			    "cuda 12 1 tls 1 3 k 8 s");
	assert_string_equal(cut("b0dd790f44 added b0dd", 0),
			    "b0dd790f44 added b 0 dd");
	assert_string_equal(cut("zero\u200bwidth so\u00adft", 0),
			    "zerowidth soft");
	assert_string_equal(cut("C++ \"a AND (", 0), "c a and");
	assert_string_equal(cut("", 0), "");
	assert_string_equal(cut("+++ -- ()", 0), "");
}

static void case_accents_and_width_are_folded(void **state)
{
	(void)state;
	assert_string_equal(cut("Caf\u00e9 na\u00efve", 0), "cafe naive");
	assert_string_equal(cut("ＣＵＤＡ　１２", 0), "cuda 12");
	assert_string_equal(cut("Straße ﬁle", 0), "strasse file");
	assert_string_equal(cut("Привет ΣΊΣΥΦΟΣ", 0), "привет σισυφοσ");
	assert_string_equal(cut("e\u0301te\u0301", 0), "ete");
}

static void neighbours_of_scripts_without_blanks(void **state)
{
	(void)state;
	assert_string_equal(cut("踩过的坑", 0), "踩过 过的 的坑 坑");
	assert_string_equal(cut("坑", 0), "坑");
	assert_string_equal(cut("坑。坑", 0), "坑 坑");
	assert_string_equal(cut("カバ", 0), "カハ ハ");
	assert_string_equal(cut("ｶﾊﾞ", 0), "カハ ハ");
	assert_string_equal(cut("한국어", 0), "한국 국어 어");
	assert_string_equal(cut("\xf0\xa0\x80\x80\xf0\xa0\x80\x81", 0),
			    "\xf0\xa0\x80\x80\xf0\xa0\x80\x81 "
			    "\xf0\xa0\x80\x81");
}

static void scripts_mix(void **state)
{
	(void)state;
	assert_string_equal(cut("CUDA版本号 v12升级", 0),
			    "cuda 版本 本号 号 v 12 升级 级");
	assert_string_equal(cut("版\u200b本", 0), "版本 本");
	assert_string_equal(cut("資料庫連線", 0), "资料 料库 库连 连线 线");
}

/* So that what is sought is part of what is there. */
static void sought_text_ends_with_a_pair(void **state)
{
	(void)state;
	assert_string_equal(cut("CUDA版本", WORDS_SOUGHT), "cuda 版本");
	assert_string_equal(cut("坑", WORDS_SOUGHT), "坑");
	assert_string_equal(cut("版本v", WORDS_SOUGHT), "版本 本 v");
	assert_string_equal(cut("版本 坑", WORDS_SOUGHT), "版本 本 坑");
	assert_true(words_end_open("坑", strlen("坑")));
	assert_true(words_end_open("cuda 坑!", strlen("cuda 坑!")));
	assert_false(words_end_open("踩坑", strlen("踩坑")));
	assert_false(words_end_open("坑a", strlen("坑a")));
	assert_false(words_end_open("", 0));
}

static void bytes_that_are_no_text_part_words(void **state)
{
	(void)state;
	assert_string_equal(cut("a\xff"
				"b",
				0),
			    "a b");
	assert_string_equal(cut("坑\xe5\x9d", 0), "坑");
	assert_int_equal(words_cut("a\0b", 3, 0, add, NULL), 0);
}

static void a_long_run_is_cut(void **state)
{
	char text[1000];

	(void)state;
	memset(text, 'a', sizeof(text));
	buf_reset(&out);
	words_cut(text, sizeof(text), 0, add, NULL);
	assert_int_equal(out.n, WORDS_MAX);
}

/* What folds to more letters than there is room for, again and again. */
static void what_does_not_fit_ends_no_word(void **state)
{
	static const char odd[] = "½ж";
	char text[60 + 1000 * (sizeof(odd) - 1)];

	(void)state;
	memset(text, 'a', 60);
	for (size_t at = 60; at < sizeof(text); at += sizeof(odd) - 1)
		memcpy(text + at, odd, sizeof(odd) - 1);
	for (size_t from = 0; from < 60; from++) {
		buf_reset(&out);
		words_cut(text + from, sizeof(text) - from, 0, add, NULL);
		assert_true(out.n && out.n <= 2 * WORDS_MAX);
		assert_null(strstr(out.p, "  "));
	}
}

static int note(void *data, const struct word *word)
{
	size_t *at = data;

	at[0] = word->from;
	at[1] = word->to;
	return word->n == strlen("本号") ? 7 : 0;
}

static void tells_where_and_stops(void **state)
{
	const char text[] = "ＣＵＤＡ 版本号";
	size_t at[2];

	(void)state;
	assert_int_equal(words_cut(text, strlen("ＣＵＤＡ"), 0, note, at), 0);
	assert_int_equal(at[0], 0);
	assert_int_equal(at[1], strlen("ＣＵＤＡ"));
	assert_int_equal(words_cut(text, strlen(text), 0, note, at), 7);
	assert_int_equal(at[0], strlen("ＣＵＤＡ "));
	assert_int_equal(at[1], strlen("ＣＵＤＡ 版本"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_of_letters_and_digits),
		cmocka_unit_test(case_accents_and_width_are_folded),
		cmocka_unit_test(neighbours_of_scripts_without_blanks),
		cmocka_unit_test(scripts_mix),
		cmocka_unit_test(sought_text_ends_with_a_pair),
		cmocka_unit_test(bytes_that_are_no_text_part_words),
		cmocka_unit_test(a_long_run_is_cut),
		cmocka_unit_test(what_does_not_fit_ends_no_word),
		cmocka_unit_test(tells_where_and_stops),
	};
	int bad = cmocka_run_group_tests(tests, NULL, NULL);

	buf_release(&out);
	return bad;
}
