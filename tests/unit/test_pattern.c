/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "grep/pattern.h"
#include "grep/posix.h"

/* --- translating --- */

static void translates(const char *source, bool extended, const char *want)
{
	struct buf out = BUF_INIT;
	bool loose = false;

	assert_true(posix_translate(&out, &loose, source, extended, false));
	assert_string_equal(out.p, want);
	buf_release(&out);
}

static void expressions_are_translated(void **state)
{
	(void)state;
	translates("a.b", true, "a[^\\n\\x00]b");
	translates("(ab|c)+", true, "(?:ab|c)+");
	translates("\\(ab\\|c\\)\\+", false, "(?:ab|c)+");
	translates("(a)+", false, "\\x{28}a\\x{29}\\x{2b}");
	translates("a{2,}b{,3}c{4}", true, "a{2,}b{0,3}c{4,4}");
	translates("a\\{2,3\\}", false, "a{2,3}");
	translates("*a", false, "\\x{2a}a");
	translates("a^b$c", false, "a\\x{5e}b\\x{24}c");
	translates("^a$", false, "^a$");
	translates("[]a-c]", true, "[\\x{5d}a-c]");
	translates("[^[:digit:]坑]", true, "[^\\n0-9\\x{5751}]");
	translates("\\S+", true, "[^\\n \\t\\x0b\\f\\r]+");
	translates("a*\\S*", true, "a*[^\\n \\t\\x0b\\f\\r]*");
	translates("(^a)b+", true, "(?:^a)b+");
	translates("(^a)[bc]*", true, "(?:^a)[bc]*");
}

/* What PCRE2 would take for a lazy or a possessive sign is neither. */
static void signs_on_signs(void **state)
{
	(void)state;
	translates("a*?", true, "(?:a*)?");
	translates("(ab)++", true, "(?:(?:ab)+)+");
}

static void the_rest_is_left_to_regexec(void **state)
{
	static const char *const sources[] = { "(a)\\1", "[[=a=]]",   "[[.a.]]",
					       "\\`a",   "a\\B",      "(^a){2}",
					       "a\xff",  "a{1,70000}" };
	struct buf out = BUF_INIT;
	bool loose = false;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sources); i++)
		assert_false(
			posix_translate(&out, &loose, sources[i], true, false));
	assert_false(posix_translate(&out, &loose, "[A-z]", true, true));
	assert_true(posix_translate(&out, &loose, "[a-z]", true, true));
	buf_release(&out);
}

static bool is_loose(const char *source, bool ignore_case)
{
	struct buf out = BUF_INIT;
	bool loose = false;

	assert_true(posix_translate(&out, &loose, source, true, ignore_case));
	buf_release(&out);
	return loose;
}

static void what_the_c_library_decides_is_loose(void **state)
{
	(void)state;
	assert_true(is_loose("[[:alpha:]]", false));
	assert_true(is_loose("a\\b", false));
	assert_true(is_loose("a", true));
	assert_false(is_loose("[[:digit:]].*标[^签]", false));
}

/* --- matching --- */

/* The part of the line that matches; NULL if nothing does. */
static const char *match(const char *source, enum syntax syntax, unsigned flags,
			 const char *line)
{
	static char found[256];
	struct pattern *p;
	struct span span = { 0, 0 };
	bool hit, also;

	assert_null(pattern_new(&p, source, syntax, flags));
	assert_null(pattern_find(&hit, &span, p, line, strlen(line), false));
	assert_null(pattern_hits(&also, p, line, strlen(line), false));
	assert_int_equal(hit, also);
	pattern_free(p);
	memcpy(found, line + span.start, span.end - span.start);
	found[span.end - span.start] = '\0';
	return hit ? found : NULL;
}

#define E SYNTAX_EXTENDED

static void posix_takes_the_longest(void **state)
{
	(void)state;
	assert_string_equal(match("foo|foobar", E, 0, "a foobar"), "foobar");
	assert_string_equal(match("foo|foobar", SYNTAX_PERL, 0, "a foobar"),
			    "foo");
	assert_string_equal(match("foo|foobar", E, PATTERN_WORD, "a foobar"),
			    "foobar");
	assert_null(match("foo|foobar", SYNTAX_PERL, PATTERN_WORD, "a foobar"));
}

static void words(void **state)
{
	(void)state;
	assert_null(match("is", SYNTAX_FIXED, PATTERN_WORD, "this"));
	assert_string_equal(match("is", SYNTAX_FIXED, PATTERN_WORD, "this is"),
			    "is");
	assert_string_equal(match("标", SYNTAX_FIXED, PATTERN_WORD, "标签"),
			    "标");
	assert_null(match("x*", E, PATTERN_WORD, "abc"));
}

static void letters_of_any_script(void **state)
{
	(void)state;
	assert_string_equal(
		match("é", SYNTAX_FIXED, PATTERN_IGNORE_CASE, "CAFÉ"), "É");
	assert_string_equal(match("^.{2}$", E, 0, "标签"), "标签");
	assert_string_equal(match("[[:alpha:]]+", E, 0, "1 标é 2"), "标é");
	assert_null(match("[[:alpha:]]", E, 0, "，"));
	assert_null(match("\\w", E, 0, "，。"));
	assert_string_equal(match("(标)\\1", E, 0, "a标标"), "标标");
}

static void classes_by_letter(void **state)
{
	(void)state;
	assert_string_equal(match("\\w+", E, 0, "- a_1é2 -"), "a_1é2");
	assert_string_equal(match("\\w", E, 0, "- _ -"), "_");
	assert_null(match("\\W", E, 0, "_"));
	assert_string_equal(match("\\W+", E, 0, "a_1 -+ b"), " -+ ");
	assert_string_equal(match("a\\s+b", E, 0, "a \t b"), "a \t b");
	assert_string_equal(match("\\S+", E, 0, " \t a_é, "), "a_é,");
	assert_string_equal(match("x|\\w{2}", E, 0, "- ab"), "ab");
	assert_string_equal(match("a\\w*", E, 0, "- abab"), "abab");
}

/* The Kelvin sign and the long s are a k and an s when case is left aside, and
 * these two would be characters outside ASCII. */
static void letters_that_case_brings_into_ascii(void **state)
{
	(void)state;
	assert_null(match("break\\b", E, PATTERN_IGNORE_CASE, "breakdown"));
	assert_null(match("s[[:punct:]]", E, PATTERN_IGNORE_CASE, "ask"));
	assert_null(match("\\s", E, PATTERN_IGNORE_CASE, "sk"));
	assert_null(match("\\<k", E, PATTERN_IGNORE_CASE, "ask"));
	assert_null(match("s\\>", E, PATTERN_IGNORE_CASE, "ask"));
	/* An escaped letter is the one that never meets a folded line. */
	assert_null(
		match("\\\\\\xa", SYNTAX_BASIC, PATTERN_IGNORE_CASE, "d\\xa"));
	assert_string_equal(match("\\\\\\xa", SYNTAX_BASIC, 0, "d\\xa"),
			    "\\xa");
}

static void invalid_bytes_are_matched_by_nothing(void **state)
{
	(void)state;
	assert_null(match("a.b", E, 0,
			  "a\xff"
			  "b"));
	assert_string_equal(match("b", E, PATTERN_IGNORE_CASE,
				  "a\xff"
				  "B"),
			    "B");
}

static void bad_patterns_are_refused(void **state)
{
	static const struct {
		const char *source;
		enum syntax syntax;
	} bad[] = { { "a(", E },
		    { "*a", E },
		    { "[a", SYNTAX_BASIC },
		    { "[[:nope:]]", E },
		    { "(?<a", SYNTAX_PERL },
		    { "a\xff+", SYNTAX_PERL } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct pattern *p;
		struct err *e =
			pattern_new(&p, bad[i].source, bad[i].syntax, 0);

		assert_non_null(e);
		assert_non_null(strstr(e->text, bad[i].source));
		err_free(e);
	}
}

static const char zeros[] = "0000000000000000000000000000000000000000!";

static void steps_are_counted(void **state)
{
	struct pattern *p;
	struct err *e;
	bool hit;

	(void)state;
	assert_null(pattern_new(&p, "(0+)+$", SYNTAX_PERL, 0));
	e = pattern_hits(&hit, p, zeros, strlen(zeros), false);
	assert_non_null(e);
	assert_non_null(strstr(e->text, "too many steps"));
	err_free(e);
	pattern_free(p);
	assert_null(match("(0+)+$", E, 0, zeros)); /* regexec() counts none */
}

/* --- skipping --- */

static size_t skips_to(const char *source, enum syntax syntax, const char *text,
		       size_t at, bool want_sure)
{
	struct pattern *p;
	bool sure;

	assert_null(pattern_new(&p, source, syntax, 0));
	at = pattern_skip(&sure, p, text, strlen(text), at);
	pattern_free(p);
	assert_int_equal(sure, want_sure);
	return at;
}

static void lines_are_skipped(void **state)
{
	static const char text[] = "one\ntwo\nthree\n标签 two\n";

	(void)state;
	assert_int_equal(skips_to("t.o", E, text, 0, true), 4);
	assert_int_equal(skips_to("t.o", E, text, 8, true), 14);
	assert_int_equal(skips_to("t.o", SYNTAX_PERL, text, 0, true), 4);
	assert_int_equal(skips_to("\\w$", E, text, 14, false), 14);
	assert_int_equal(skips_to("nine", E, text, 0, false), sizeof(text) - 1);
	assert_int_equal(skips_to("^$", E, text, 0, false), sizeof(text) - 1);
	/* over the end of a line: it may match by itself, or not */
	assert_int_equal(skips_to("e[^x]*h", SYNTAX_PERL, text, 0, false), 0);
	/* what looks around is asked of each line */
	assert_int_equal(skips_to("(?<=\\n)two", SYNTAX_PERL, text, 0, false),
			 0);
	assert_int_equal(skips_to("(e)\\1", E, text, 4, false), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_are_translated),
		cmocka_unit_test(signs_on_signs),
		cmocka_unit_test(the_rest_is_left_to_regexec),
		cmocka_unit_test(what_the_c_library_decides_is_loose),
		cmocka_unit_test(posix_takes_the_longest),
		cmocka_unit_test(words),
		cmocka_unit_test(letters_of_any_script),
		cmocka_unit_test(classes_by_letter),
		cmocka_unit_test(letters_that_case_brings_into_ascii),
		cmocka_unit_test(invalid_bytes_are_matched_by_nothing),
		cmocka_unit_test(bad_patterns_are_refused),
		cmocka_unit_test(steps_are_counted),
		cmocka_unit_test(lines_are_skipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
