/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/opt.h"

struct args {
	bool all, raw, no_edit;
	const char *status;
	struct strs labels;
	int limit, format, when, kind, around[2];
	struct strs tokens;
};

static const char *const formats[] = { "human", "json", NULL };
static const char *const whens[] = { "always", "never", "auto", NULL };

static const struct opt opts[] = {
	OPT_BOOL('a', "all", struct args, all, "every branch"),
	OPT_BOOL('r', "raw", struct args, raw, "as it is"),
	OPT_UNSET(0, "no-edit", struct args, no_edit, "no editor"),
	OPT_STRING('s', "status", struct args, status, "<status>", "of this"),
	OPT_LIST('l', "label", struct args, labels, "<label>", "with this"),
	OPT_INT('n', "limit", struct args, limit, "<n>", "at most"),
	OPT_CHOICE(0, "format", struct args, format, "<format>", formats,
		   "a help text that is so long that it does not fit into one "
		   "line of the terminal"),
	OPT_END,
};

/* Of grep: what its tables alone use. */
static const struct opt ordered[] = {
	OPT_TOKEN('e', "regexp", struct args, tokens, "<regex>", "a pattern"),
	OPT_TOKEN(0, "and", struct args, tokens, NULL, "both"),
	OPT_SET('E', "extended", struct args, kind, 1, "this kind"),
	OPT_SET('F', "fixed", struct args, kind, 2, "that kind"),
	OPT_WHEN(0, "color", struct args, when, whens, "when"),
	OPT_INT('B', "before", struct args, around[0], "<n>", "before"),
	OPT_INT('A', "after", struct args, around[1], "<n>", "after"),
	OPT_BOTH('C', "context", struct args, around, "<n>", "around"),
	OPT_END,
};

/* Of search. */
static const struct opt words[] = {
	OPT_INT('n', "limit", struct args, limit, "<n>", "at most"),
	OPT_END_WORDS,
};

static struct arena arena;
static struct args args;
static struct strs rest;
static struct err *problem;

static const struct opt *table = opts;

static void parse(const char *first, ...)
{
	const char *argv[16] = { first };
	int argc = 1;
	va_list ap;

	va_start(ap, first);
	while ((argv[argc] = va_arg(ap, const char *)))
		argc++;
	va_end(ap);
	memset(&args, 0, sizeof(args));
	memset(&rest, 0, sizeof(rest));
	err_free(problem);
	problem = opt_parse(&args, &rest, &arena, table, argc, argv);
}

static void options_are_read(void **state)
{
	(void)state;
	parse("--all", "x", "--status=draft", "-l", "a", "--label", "b", "y",
	      NULL);
	assert_null(problem);
	assert_true(args.all);
	assert_string_equal(args.status, "draft");
	assert_int_equal(args.labels.nr, 2);
	assert_string_equal(args.labels.at[1], "b");
	assert_int_equal(rest.nr, 2);
	assert_string_equal(rest.at[1], "y");
	parse("-arn5", "--format", "json", "--no-edit", NULL);
	assert_null(problem);
	assert_true(args.all && args.raw && args.no_edit);
	assert_int_equal(args.limit, 5);
	assert_int_equal(args.format, 1);
	parse("--all", "--no-all", NULL);
	assert_false(args.all);
	parse("--stat=x", "--no-e", NULL);
	assert_null(problem);
	assert_string_equal(args.status, "x");
	assert_true(args.no_edit);
	parse("--", "--all", "-", NULL);
	assert_null(problem);
	assert_int_equal(rest.nr, 2);
	assert_false(args.all);
	parse("-", "--status", "", NULL);
	assert_null(problem);
	assert_string_equal(args.status, "");
}

static void refused(const char *text, const char *hint)
{
	assert_non_null(problem);
	assert_int_equal(problem->code, ERR_USAGE);
	assert_string_equal(problem->text, text);
	if (hint)
		assert_string_equal(problem->hint, hint);
}

static void mistakes_are_named(void **state)
{
	(void)state;
	parse("--stauts", "x", NULL);
	refused("unknown option '--stauts'", "did you mean '--status'?");
	parse("-z", NULL);
	refused("unknown option '-z'", NULL);
	parse("--status", NULL);
	refused("--status needs <status>", NULL);
	parse("--all=yes", NULL);
	refused("--all takes no value", NULL);
	parse("--limit", "many", NULL);
	refused("--limit needs a whole number, not 'many'", NULL);
	parse("--limit", "-1", NULL);
	refused("--limit needs a whole number, not '-1'", NULL);
	parse("--format", "jsn", NULL);
	refused("--format must be one of human, json, not 'jsn'",
		"did you mean 'json'?");
	parse("--l", "x", NULL);
	refused("'--l' is ambiguous: --label, --limit", NULL);
	parse("--=x", NULL);
	refused("unknown option '--'", NULL);
	parse("--no-rwa", NULL);
	refused("unknown option '--no-rwa'", "did you mean '--no-raw'?");
	parse("--limit", " 5", NULL);
	refused("--limit needs a whole number, not ' 5'", NULL);
	parse("--limit=99999999999999999999", NULL);
	refused("--limit needs a whole number, not '99999999999999999999'",
		NULL);
}

struct draft_args {
	bool draft, drop, dry;
};

static void candidates_are_named_as_written(void **state)
{
	static const struct opt three[] = {
		OPT_BOOL(0, "draft", struct draft_args, draft, "a"),
		OPT_BOOL(0, "drop", struct draft_args, drop, "b"),
		OPT_BOOL(0, "dry", struct draft_args, dry, "c"),
		OPT_END,
	};
	static const char *const argv[] = { "--no-d" };
	struct draft_args into;

	(void)state;
	err_free(problem);
	problem = opt_parse(&into, &rest, &arena, three, 1, argv);
	refused("'--no-d' is ambiguous: --no-draft, --no-drop, --no-dry", NULL);
}

static void help_comes_from_the_table(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	opt_help(&out, opts);
	assert_non_null(strstr(out.p, "    -a, --all             every"));
	assert_non_null(strstr(out.p, "    -s, --status <status>\n"
				      "                          of this\n"));
	assert_non_null(
		strstr(out.p, "\n                          one line of"));
	buf_release(&out);
}

static void lines_of_help_end_where_they_may(void **state)
{
	static const struct opt chinese[] = {
		OPT_BOOL(0, "word", struct args, all,
			 "一二三四五六七八九十一二三四五六七八九十一二三四五"
			 "gitlab 或 jira"),
		OPT_BOOL(0, "mark", struct args, all,
			 "一二三四五六七八九十一二三四五六七八九十一二三四五六"
			 "七，八"),
		OPT_BOOL(0, "open", struct args, all,
			 "一二三四五六七八九十一二三四五六七八九十一二三四五"
			 "a（六）"),
		OPT_END,
	};
	struct buf out = BUF_INIT;

	(void)state;
	opt_help(&out, chinese);
	assert_non_null(
		strstr(out.p, "四五\n                          gitlab"));
	assert_non_null(
		strstr(out.p, "五六\n                          七，八\n"));
	assert_non_null(
		strstr(out.p, "五a\n                          （六）\n"));
	buf_release(&out);
}

static int release(void **state)
{
	(void)state;
	err_free(problem);
	arena_release(&arena);
	return 0;
}

static void order_is_kept(void **state)
{
	static const char *const want[] = { "", "(", "regexp", "-a", "and",
					    "", "",  "b",      "",   ")" };

	(void)state;
	table = ordered;
	parse("(", "-e-a", "--and", "b", ")", "--", "c", NULL);
	assert_null(problem);
	assert_int_equal(args.tokens.nr, ARRAY_SIZE(want));
	for (size_t i = 0; i < ARRAY_SIZE(want); i++)
		assert_string_equal(args.tokens.at[i], want[i]);
	assert_int_equal(rest.nr, 1);
	assert_string_equal(rest.at[0], "c");
	parse("--and=x", NULL);
	assert_int_equal(problem->code, ERR_USAGE);
	parse("-e", NULL);
	assert_int_equal(problem->code, ERR_USAGE);
	table = opts;
}

static void the_last_one_wins(void **state)
{
	(void)state;
	table = ordered;
	parse("-E", "-F", "--color", "-C3", "-A1", NULL);
	assert_null(problem);
	assert_int_equal(args.kind, 2);
	assert_int_equal(args.when, 1);
	assert_int_equal(args.around[0], 3);
	assert_int_equal(args.around[1], 1);
	parse("-FE", "--color=auto", "-A1", "--context", "0", NULL);
	assert_null(problem);
	assert_int_equal(args.kind, 1);
	assert_int_equal(args.when, 3);
	assert_int_equal(args.around[1], 0);
	parse("--color", "--no-color", NULL);
	assert_int_equal(args.when, 2);
	parse("--color", "never", NULL); /* its value only behind a = */
	assert_int_equal(args.when, 1);
	assert_string_equal(args.tokens.at[1], "never");
	parse("--color=blue", NULL);
	assert_int_equal(problem->code, ERR_USAGE);
	parse("--no-color=never", NULL);
	assert_int_equal(problem->code, ERR_USAGE);
	table = opts;
}

static void a_word_behind_a_dash_is_an_argument(void **state)
{
	(void)state;
	table = words;
	parse("-redis", "-n", "3", "-\"a b\"", NULL);
	assert_null(problem);
	assert_int_equal(args.limit, 3);
	assert_int_equal(rest.nr, 2);
	assert_string_equal(rest.at[0], "-redis");
	assert_string_equal(rest.at[1], "-\"a b\"");
	parse("--redis", NULL);
	assert_non_null(problem);
	table = opts;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_are_read),
		cmocka_unit_test(order_is_kept),
		cmocka_unit_test(the_last_one_wins),
		cmocka_unit_test(mistakes_are_named),
		cmocka_unit_test(candidates_are_named_as_written),
		cmocka_unit_test(a_word_behind_a_dash_is_an_argument),
		cmocka_unit_test(help_comes_from_the_table),
		cmocka_unit_test(lines_of_help_end_where_they_may),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
