/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/hanzi.h"
#include "base/text.h"

static struct arena arena;

static size_t width(const char *s)
{
	return text_width(s, strlen(s));
}

static void width_is_in_columns(void **state)
{
	(void)state;
	assert_int_equal(width(""), 0);
	assert_int_equal(width("abc"), 3);
	assert_int_equal(width("踩过的坑"), 8);
	assert_int_equal(width("e\xcc\x81"), 1); /* e + acute */
	assert_int_equal(width("ｶﾅ"), 2);        /* half width */
	assert_int_equal(width("ＡＢ"), 4);      /* full width */
	assert_int_equal(width("🚀"), 2);
	assert_int_equal(width("👨‍👩‍👧"), 2); /* one family */
	assert_int_equal(width("\xff\xfe"), 2);           /* invalid bytes */
	assert_int_equal(width("CUDA版本"), 8);
}

static void emoji_forms_and_flags_are_wide(void **state)
{
	(void)state;
	assert_int_equal(width("🇨🇳"), 2);
	assert_int_equal(width("🇨🇳🇩🇪"), 4);
	assert_int_equal(width("❤"), 1);
	assert_int_equal(width("❤\xef\xb8\x8f"), 2);
	assert_int_equal(width("1\xef\xb8\x8f\xe2\x83\xa3"), 2); /* keycap */
	assert_int_equal(width("a\xef\xb8\x8f"), 1);
	assert_int_equal(width("👍🏽"), 2);
	assert_int_equal(width("…"), 1); /* ambiguous */
}

static void fit_never_splits(void **state)
{
	size_t used;

	(void)state;
	assert_int_equal(text_fit("踩坑", 6, 3, &used), 3);
	assert_int_equal(used, 2);
	assert_int_equal(text_fit("ae\xcc\x81z", 5, 2, &used), 4);
	assert_int_equal(used, 2);
	assert_int_equal(text_fit("abc", 3, 10, &used), 3);
	assert_int_equal(text_fit("踩", 3, 1, NULL), 0);
}

static void utf8_is_checked(void **state)
{
	size_t bad = 0;

	(void)state;
	assert_true(text_is_utf8("a\xe5\x9d\x91", 4, &bad));
	assert_false(text_is_utf8("ab\xc3", 3, &bad));
	assert_int_equal(bad, 2);
	assert_false(text_is_utf8("\xed\xa0\x80", 3, &bad)); /* surrogate */
	assert_int_equal(bad, 0);
	assert_false(text_is_utf8("\xc0\x80", 2, &bad)); /* overlong */
}

static void cleaned(const char *in, const char *want)
{
	assert_string_equal(text_cleaned(&arena, in), want);
}

static void clean_disarms(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	cleaned("plain 坑", "plain 坑");
	cleaned("\033[31mred", "\xef\xbf\xbd[31mred");
	cleaned("a\tb\nc", "a b c");
	cleaned("x\xc2\x9by", "x\xef\xbf\xbdy");                 /* C1 CSI */
	cleaned("a\xe2\x80\xaegpj.exe", "a\xef\xbf\xbdgpj.exe"); /* RLO */
	/* what is not seen: ALM, ZWSP, WJ, BOM, soft hyphen, a tag letter */
	cleaned("a\u061cb\u200bc\u2060d", "a\ufffdb\ufffdc\ufffdd");
	cleaned("\ufeffa\u00adb\U000e0041", "\ufffda\ufffdb\ufffd");
	cleaned("pass\u200dword", "pass\ufffdword");
	/* what does its work: emoji, Persian, Hindi, a form of a character */
	cleaned("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb");
	cleaned("\u2764\ufe0f 1\ufe0f\u20e3", "\u2764\ufe0f 1\ufe0f\u20e3");
	cleaned("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e");
	cleaned("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937");
	cleaned("a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301b",
		"a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301b");
	cleaned("\xff", "\xef\xbf\xbd");
	cleaned("\x7f", "\xef\xbf\xbd");
	text_clean(&out, "a\n\tb\r", 5, TEXT_KEEP_LINES);
	assert_string_equal(out.p, "a\n\tb\xef\xbf\xbd");
	buf_release(&out);
}

static void trim_knows_wide_blanks(void **state)
{
	const char *s = " \xe3\x80\x80\xc2\xa0 a b \t\xe3\x80\x80";
	size_t n = strlen(s);

	(void)state;
	text_trim(&s, &n);
	assert_int_equal(n, 3);
	assert_memory_equal(s, "a b", 3);
	s = " \t ";
	n = 3;
	text_trim(&s, &n);
	assert_int_equal(n, 0);
}

static void folded(const char *in, const char *want)
{
	assert_string_equal(text_fold(&arena, in, strlen(in)), want);
}

static void fold_compares(void **state)
{
	(void)state;
	folded("  Root   CAUSE ", "root cause");
	folded("ＣＵＤＡ　版本", "cuda 版本");
	folded("Straße", "strasse");
	folded("É", "\xc3\xa9");
	folded("", "");
	folded("a\xff", "a\xef\xbf\xbd");
}

static void slug(const char *in, size_t max, const char *want)
{
	assert_string_equal(text_slug(&arena, in, max), want);
}

static void hanzi_are_simplified(void **state)
{
	static const struct {
		int from, to;
	} cases[] = {
		{ 0x8cc7, 0x8d44 }, /* 資 */
		{ 0x5eab, 0x5e93 }, /* 庫 */
		{ 0x9f98, 0x9f98 }, /* 龘 */
		{ 0x4e00, 0x4e00 }, { 0x9fff, 0x9fff },   { 0x9fa0, 0x9fa0 },
		{ 0x3042, 0x3042 }, { 'a', 'a' },         { 0x4dff, 0x4dff },
		{ 0xa000, 0xa000 }, { 0x20000, 0x20000 }, { -1, -1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(hanzi_simplified(cases[i].from), cases[i].to);
}

static void slug_is_a_name(void **state)
{
	(void)state;
	slug("v1.4.0: 标签", 40, "v1-4-0-标签");
	slug("Hello, World!", 40, "hello-world");
	slug("../../etc/passwd", 40, "etc-passwd");
	slug("!!!", 40, "retro");
	slug("one two three", 9, "one-two");
	slug("unbrokenword", 5, "unbro");
}

static void nearest_is_near(void **state)
{
	struct strs words = { 0 };

	(void)state;
	vec_push(&arena, &words, "status");
	vec_push(&arena, &words, "started");
	vec_push(&arena, &words, "list");
	assert_int_equal(text_distance("stauts", "status"), 1);
	assert_int_equal(text_distance("", "abc"), 3);
	assert_int_equal(text_distance("kitten", "sitting"), 3);
	assert_string_equal(text_nearest("statsu", &words), "status");
	assert_string_equal(text_nearest("lst", &words), "list");
	assert_null(text_nearest("banana", &words));
	assert_null(text_nearest("x", &words));
}

static int release_arena(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void an_ideograph_is_read_as_any_other(void **state)
{
	(void)state;
	for (int c = 0x3000; c < 0xb000; c++) {
		char text[] = { (char)(0xe0 | c >> 12),
				(char)(0x80 | (c >> 6 & 0x3f)),
				(char)(0x80 | (c & 0x3f)), '\0' };
		size_t len;

		assert_int_equal(text_decode(text, 3, &len), c);
		assert_int_equal(len, 3);
		assert_int_equal(text_decode(text, 2, &len), -1);
		text[2] = 'a';
		assert_int_equal(text_decode(text, 3, &len), -1);
		assert_int_equal(len, 1);
	}
	/* Marks count from the letter before them, whatever that is. */
	assert_string_equal(text_cleaned(&arena, "\u4e00\u9fffa\u4e2d\u0301b"),
			    "\u4e00\u9fffa\u4e2d\u0301b");
	assert_string_equal(text_cleaned(&arena, "\u4e2d\xe4\xb8"),
			    "\u4e2d\ufffd\ufffd");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_ideograph_is_read_as_any_other),
		cmocka_unit_test(width_is_in_columns),
		cmocka_unit_test(emoji_forms_and_flags_are_wide),
		cmocka_unit_test(fit_never_splits),
		cmocka_unit_test(utf8_is_checked),
		cmocka_unit_test(clean_disarms),
		cmocka_unit_test(trim_knows_wide_blanks),
		cmocka_unit_test(fold_compares),
		cmocka_unit_test(hanzi_are_simplified),
		cmocka_unit_test(slug_is_a_name),
		cmocka_unit_test(nearest_is_near),
	};

	return cmocka_run_group_tests(tests, NULL, release_arena);
}
