/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "golden.h"
#include "model/read.h"
#include "view/term.h"

static struct arena arena;
static struct buf out;

static struct style plain(size_t width)
{
	return (struct style){ .width = width, .tty = true };
}

static struct retro *parse(const char *path, const char *text)
{
	struct diags diags = { .arena = &arena };

	return read_retro(&arena, &diags, path, text, strlen(text));
}

/* Borrowed until the next call. */
static const char *markdown(const struct style *style, const char *text)
{
	bool limited;

	buf_reset(&out);
	term_markdown(&out, style,
		      md_parse(&arena, text, strlen(text), 1, 0, &limited));
	return out.p;
}

static const char *wrapped(size_t width, const char *text)
{
	struct style style = plain(width);

	return markdown(&style, text);
}

static size_t widest(const char *text)
{
	size_t most = 0;

	while (*text) {
		size_t n = strcspn(text, "\n"), width = text_width(text, n);

		most = width > most ? width : most;
		text += n + 1;
	}
	return most;
}

/* --- golden files --- */

static void at_80(struct buf *made, struct arena *a, struct retro *retro)
{
	struct style style = plain(80);

	(void)a;
	term_show(made, &style, retro, retro->body, "");
}

static void at_40(struct buf *made, struct arena *a, struct retro *retro)
{
	struct style style = plain(40);

	(void)a;
	term_show(made, &style, retro, retro->body, "");
}

/* ESC readable, so that the file can be. */
static void in_colour(struct buf *made, struct arena *a, struct retro *retro)
{
	struct style style = { .width = 60, .tty = true, .colour = true };
	struct buf raw = BUF_INIT;

	(void)a;
	term_show(&raw, &style, retro, retro->body, "");
	for (size_t i = 0; i < raw.n; i++)
		if (raw.p[i] == '\033')
			buf_addstr(made, "\\e");
		else
			buf_addch(made, raw.p[i]);
	buf_release(&raw);
}

static void golden(void **state)
{
	(void)state;
	golden_check("80.txt", at_80);
	golden_check("40.txt", at_40);
	golden_check("colour.txt", in_colour);
}

/* --- wrapping --- */

static const char *const prose[] = {
	"Some words of *different* length, with `code` and a [link](u) among "
	"them, so that a line can end at any of them and none is too long.",
	"- one item that goes on for a while\n"
	"  1. a nested one, which hangs behind its number\n\n"
	"     > with a quote in it, of several words\n",
	"数据回流任务把旧标注重新写入了训练集，导致模型在线上的准确率从91.2%"
	"下降到83.5%（大约四个小时）。“旧标注”指的是没有复核的那一批。",
	"| key | what it means |\n|---|---|\n"
	"| averylongwordthatmustbecutsomewhere | 很长的一段说明文字，需要换行 "
	"|",
};

static void lines_keep_to_the_width(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(prose); i++)
		for (size_t width = 30; width <= 120; width++)
			assert_true(widest(wrapped(width, prose[i])) <= width);
}

static void prose_is_not_wider_than_one_can_read(void **state)
{
	(void)state;
	assert_true(widest(wrapped(400, prose[0])) <= 100);
	assert_true(widest(wrapped(400, prose[0])) > 90);
}

/* What stands at the start of a line, or the end, of Chinese text. */
static void punctuation_stays_with_its_character(void **state)
{
	static const char *const never_first[] = { "，", "。", "）", "”", "%" };
	static const char *const never_last[] = { "（", "“" };

	(void)state;
	for (size_t width = 20; width <= 80; width++) {
		const char *text = wrapped(width, prose[2]);

		for (size_t i = 0; i < ARRAY_SIZE(never_first); i++)
			assert_null(strstr(text, arena_printf(&arena, "\n%s",
							      never_first[i])));
		for (size_t i = 0; i < ARRAY_SIZE(never_last); i++)
			assert_null(strstr(text, arena_printf(&arena, "%s\n",
							      never_last[i])));
	}
}

static void long_words_stay_whole(void **state)
{
	(void)state;
	assert_string_equal(
		wrapped(20, "see https://example.com/a/long/address now"),
		"see\nhttps://example.com/a/long/address\nnow\n");
}

static void a_source_line_end_is_a_blank_but_not_in_chinese(void **state)
{
	(void)state;
	assert_string_equal(wrapped(80, "one\ntwo"), "one two\n");
	assert_string_equal(wrapped(80, "数据\n回流"), "数据回流\n");
	assert_string_equal(wrapped(80, "数据\nback"), "数据 back\n");
	assert_string_equal(wrapped(80, "数据\\\n回流"), "数据\n回流\n");
}

static void styles_open_again_on_the_next_line(void **state)
{
	struct style style = { .width = 20, .tty = true, .colour = true };

	(void)state;
	assert_string_equal(
		markdown(&style, "ab **strong words that go on** end"),
		"ab \033[1mstrong words that\033[m\n"
		"\033[1mgo on\033[m end\n");
	assert_string_equal(markdown(&style, "***x***"),
			    "\033[3m\033[1mx\033[m\n");
}

static void depth_leaves_room_for_text(void **state)
{
	struct buf source = BUF_INIT;

	(void)state;
	for (int i = 0; i < 90; i++)
		buf_addstr(&source, "- ");
	buf_addstr(&source, "some words at the very bottom of it all");
	assert_true(widest(wrapped(40, source.p)) <= 40);
	assert_non_null(strstr(out.p, "- some words at the"));
	buf_reset(&source);
	for (int i = 0; i < 90; i++)
		buf_addstr(&source, "> ");
	buf_addstr(&source, "some words at the very bottom of it all");
	assert_true(widest(wrapped(40, source.p)) <= 40);
	buf_release(&source);
}

/* --- blocks --- */

static void empty_items_are_shown(void **state)
{
	(void)state;
	assert_string_equal(wrapped(80, "-\n- b"), "-\n- b\n");
	assert_string_equal(wrapped(80, ""), "");
	assert_string_equal(wrapped(80, "- <!-- nothing -->\n- b"), "-\n- b\n");
}

static void comments_leave_no_hole(void **state)
{
	(void)state;
	assert_string_equal(wrapped(80, "a\n\n<!-- b\n\nc -->\n\nd"),
			    "a\n\nd\n");
	assert_string_equal(wrapped(80, "a<!-- b --> c"), "a c\n");
	assert_string_equal(wrapped(80, "a\n\n<!-- never closed\n\nb"), "a\n");
}

static void links_say_where_they_lead(void **state)
{
	(void)state;
	assert_string_equal(wrapped(80, "[a](https://example.com)"),
			    "a <https://example.com>\n");
	assert_string_equal(wrapped(80, "<https://example.com>"),
			    "https://example.com\n");
	assert_string_equal(wrapped(80, "<ann@example.com>"),
			    "ann@example.com\n");
	assert_string_equal(wrapped(80, "![x](y.png) ![](z.png)"),
			    "[image: x] <y.png> [image] <z.png>\n");
}

static void tables_align(void **state)
{
	(void)state;
	assert_string_equal(wrapped(80, "|左|middle|right|\n|:-|:-:|-:|\n"
					"|数据|x|1|\n|z||100|\n|only|\n"),
			    "左    middle  right\n"
			    "----  ------  -----\n"
			    "数据    x         1\n"
			    "z               100\n"
			    "only\n");
}

/* Thirty columns are not readable as columns in eighty. */
static void tables_of_too_many_columns_are_rows(void **state)
{
	struct buf source = BUF_INIT;

	(void)state;
	for (int i = 0; i < 30; i++)
		buf_addstr(&source, "|ab");
	buf_addstr(&source, "|\n");
	for (int i = 0; i < 30; i++)
		buf_addstr(&source, "|-");
	buf_addstr(&source, "|\n|1|2|\n");
	(void)wrapped(80, source.p);
	assert_int_equal(strncmp(out.p, "ab | ab | ab", 12), 0);
	assert_non_null(strstr(out.p, "\n1 | 2\n"));
	buf_release(&source);
}

/* --- list --- */

static const char *list(const struct style *style, size_t n,
			const char *const files[][2])
{
	struct retros retros = { 0 };

	for (size_t i = 0; i < n; i++)
		vec_push(&arena, &retros, parse(files[i][0], files[i][1]));
	buf_reset(&out);
	term_list(&out, style, &retros, NULL);
	return out.p;
}

static const char *const releases[][2] = {
	{ "r/a.md", "---\nid: 2026-11-24-v1-4-0\ndate: 2026-11-24\n"
		    "status: draft\nreleases: [v1.4.0, v1.4.1, v1.4.2]\n"
		    "title: The loader hung, and nobody could tell why it "
		    "did\n---\n" },
	{ "r/b.md", "---\nid: 2026-10-01-标注\ndate: 2026-10-01\n"
		    "status: final\nreleases: v1.3.0\ntitle: 标注\n---\n" },
};

static void list_is_aligned_and_cut(void **state)
{
	struct style style = plain(70);

	(void)state;
	assert_string_equal(
		list(&style, 2, releases),
		"2026-11-24-v1-4-0  draft  v1.4.0, v1.4.1, …  "
		"The loader hung, and nob…\n"
		"2026-10-01-标注    final  v1.3.0             标注\n");
	assert_int_equal(widest(out.p), 70);
	style.tty = false;
	assert_non_null(strstr(list(&style, 2, releases), "tell why it did"));
}

/* The id must be there to be copied, and the title to be read, in however
 * narrow a window. */
static void list_keeps_id_and_some_title(void **state)
{
	struct style style = plain(10);

	(void)state;
	(void)list(&style, 2, releases);
	assert_int_equal(strncmp(out.p, "2026-11-24-v1-4-0 ", 18), 0);
	assert_non_null(strstr(out.p, "\n    The loader hung, and nobody"));
}

static void list_has_columns_for_what_is_there(void **state)
{
	static const char *const files[][2] = {
		{ "r/outage.md", "---\ndate: 2026-01-02\nseverity: 1\n---\n" },
		{ "r/2026-03-04-b.md", "# Second\n" },
	};
	struct style style = plain(80);

	(void)state;
	assert_string_equal(list(&style, 2, files),
			    "outage        2026-01-02  S1\n"
			    "2026-03-04-b                  Second\n");
	assert_string_equal(list(&style, 0, files), "");
}

static void one_long_id_moves_its_own_line(void **state)
{
	static const char *const files[][2] = {
		{ "a-file-name-that-is-much-longer-than-all-others-are.md",
		  "# A\n" },
		{ "short.md", "# B\n" },
	};
	struct style style = plain(80);

	(void)state;
	assert_string_equal(
		list(&style, 2, files),
		"a-file-name-that-is-much-longer-than-all-others-are  A\n"
		"short  B\n");
	assert_string_equal(
		list(&style, 1, files),
		"a-file-name-that-is-much-longer-than-all-others-are  A\n");
}

static void list_is_in_colour(void **state)
{
	struct style style = { .width = 80, .tty = true, .colour = true };

	(void)state;
	assert_string_equal(list(&style, 1, releases + 1),
			    "\033[33m2026-10-01-标注\033[m  "
			    "\033[32mfinal\033[m  v1.3.0  标注\n");
}

/* --- show, diagnostics --- */

static const char *show(const char *text)
{
	struct style style = plain(80);
	struct diags diags = { .arena = &arena };
	struct retro *retro = parse("a.md", text);

	buf_reset(&out);
	term_show(&out, &style, retro, body_read(retro, &arena, &diags, NULL),
		  "");
	return out.p;
}

static void show_names_the_title_once(void **state)
{
	(void)state;
	assert_string_equal(show("# A *title*\n\nText\n"),
			    "A title\n\nid    a\nfile  a.md\n\nText\n");
	assert_string_equal(show("---\ntitle: One\n---\n# Another\n"),
			    "One\n\nid    a\nfile  a.md\n\n# Another\n");
	assert_string_equal(show(""), "a\n\nid    a\nfile  a.md\n");
}

static void show_keeps_each_kind_of_commit_apart(void **state)
{
	(void)state;
	assert_non_null(strstr(show("---\ncommits:\n  fix: [b, c]\n"
				    "  other: d\n---\n"),
			       "\ncommits  fix b, c\n"
			       "         other d\n"));
}

static void diagnostics(void **state)
{
	struct style style = plain(80);
	struct diag items[] = {
		{ "r/a.md",
		  { 4, 2, 3 },
		  DIAG_ERROR,
		  "status",
		  "what",
		  "do",
		  NULL,
		  NULL,
		  NULL },
		{ "b\033.md",
		  { 0 },
		  DIAG_NOTE,
		  "title",
		  "none",
		  NULL,
		  NULL,
		  NULL,
		  NULL },
	};
	struct diags diags = { &arena, items, 2, 2 };

	(void)state;
	buf_reset(&out);
	term_diags(&out, &style, &diags, true);
	assert_string_equal(out.p, "r/a.md:2:3: error: status: what\n"
				   "  hint: do\n"
				   "b\xef\xbf\xbd.md: note: title: none\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden),
		cmocka_unit_test(lines_keep_to_the_width),
		cmocka_unit_test(prose_is_not_wider_than_one_can_read),
		cmocka_unit_test(punctuation_stays_with_its_character),
		cmocka_unit_test(long_words_stay_whole),
		cmocka_unit_test(
			a_source_line_end_is_a_blank_but_not_in_chinese),
		cmocka_unit_test(styles_open_again_on_the_next_line),
		cmocka_unit_test(depth_leaves_room_for_text),
		cmocka_unit_test(empty_items_are_shown),
		cmocka_unit_test(comments_leave_no_hole),
		cmocka_unit_test(links_say_where_they_lead),
		cmocka_unit_test(tables_align),
		cmocka_unit_test(tables_of_too_many_columns_are_rows),
		cmocka_unit_test(list_is_aligned_and_cut),
		cmocka_unit_test(list_keeps_id_and_some_title),
		cmocka_unit_test(list_has_columns_for_what_is_there),
		cmocka_unit_test(one_long_id_moves_its_own_line),
		cmocka_unit_test(list_is_in_colour),
		cmocka_unit_test(show_names_the_title_once),
		cmocka_unit_test(show_keeps_each_kind_of_commit_apart),
		cmocka_unit_test(diagnostics),
	};
	int failed;

	arena_init(&arena);
	buf_init(&out);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	buf_release(&out);
	arena_release(&arena);
	return failed;
}
