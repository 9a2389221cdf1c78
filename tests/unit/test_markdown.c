/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "base/buf.h"
#include "base/text.h"
#include "model/markdown.h"

static bool limited;

static struct md *parse(const char *text)
{
	return md_parse(&arena, text, strlen(text), 1, 0, &limited);
}

static const char *plain(const struct md *md)
{
	struct buf b = BUF_INIT;
	const char *text;

	md_plain(&b, md);
	text = arena_strdup(&arena, b.p);
	buf_release(&b);
	return text;
}

static void draw(struct buf *out, const struct md *md)
{
	static const char *const names[] = {
		"doc",  "p",    "h",     "quote", "list",   "item", "code",
		"html", "rule", "table", "row",   "cell",   "",     "soft",
		"br",   "tick", "raw",   "em",    "strong", "a",    "img",
	};

	buf_addstr(out, names[md->type]);
	if (md->type == MD_CELL && md->align)
		buf_addf(out, "%c", "-<^>"[md->align]);
	if (md->box)
		buf_addf(out, "%c", "- x/"[md->box]);
	if (md->text)
		buf_addf(out, "'%s'", md->text);
	if (md->url)
		buf_addf(out, "'%s'", md->url);
	if (!md->first)
		return;
	buf_addch(out, '(');
	for (md = md->first; md; md = md->next) {
		draw(out, md);
		buf_addstr(out, md->next ? " " : ")");
	}
}

static void assert_tree(const char *text, const char *tree)
{
	struct buf b = BUF_INIT;
	struct md *doc = parse(text);

	draw(&b, doc);
	if (strcmp(b.p, tree) != 0)
		fail_msg("%s\nis   %s\nnot  %s", text, b.p, tree);
	buf_release(&b);
}

static void blocks_and_inlines(void **state)
{
	(void)state;
	assert_tree("", "doc");
	assert_tree("# A *b*\n\ntext `c` \\\n<i> [d](e) ![f](g)\n",
		    "doc(h('A ' em('b')) p('text ' tick'c' ' ' br raw'<i>' ' '"
		    " a'e'('d') ' ' img'g'('f')))");
	assert_tree("> q\n\n***\n\n```x\nc\n```\n<div>\n",
		    "doc(quote(p('q')) rule code'c\n' html'<div>\n')");
	assert_tree("- a\n  - b\n",
		    "doc(list(item(p('a') list(item(p('b'))))))");
	assert_tree("a &amp; b\n", "doc(p('a & b'))");
}

static void lines_count_as_the_file_does(void **state)
{
	const char *text = "a\n\n# b\nc\r\n\r\nx\ry\n- d\n";
	struct md *doc = md_parse(&arena, text, strlen(text), 10, 0, &limited);
	struct md *md = doc->first;

	(void)state;
	assert_int_equal(md->line, 10);
	md = md->next;
	assert_int_equal(md->line, 12);
	md = md->next;
	assert_int_equal(md->line, 13);
	md = md->next;
	assert_int_equal(md->line, 15);
	assert_int_equal(md->end_line, 15);
	md = md->next;
	assert_int_equal(md->type, MD_LIST);
	assert_int_equal(md->line, 16);
}

static void tables_are_read(void **state)
{
	(void)state;
	assert_tree("| a | b |\n|:--|--:|\n| 1 | *2* |\n",
		    "doc(table(row(cell<('a') cell>('b'))"
		    " row(cell<('1') cell>(em('2')))))");
	assert_tree("a | b\n:-: | -\n\nafter\n",
		    "doc(table(row(cell^('a') cell('b'))) p('after'))");
	/* fewer cells, more cells, an empty one */
	assert_tree("|a|b|\n|-|-|\n|1|\n|1|2|3|\n||2|\nx\n",
		    "doc(table(row(cell('a') cell('b')) row(cell('1'))"
		    " row(cell('1') cell('2')) row(cell cell('2'))"
		    " row(cell('x'))))");
	assert_tree("| a \\| b | `c\\|d` |\n|-|-|\n|\\\\|x\\|\n",
		    "doc(table(row(cell('a | b') cell(tick'c|d'))"
		    " row(cell('\\') cell('x|'))))");
	/* what would start a block is text in a cell */
	assert_tree("| # a | - b | 1. c |\n|-|-|-|\n| > d | ``` | _e_ |\n",
		    "doc(table(row(cell('# a') cell('- b') cell('1. c'))"
		    " row(cell('> d') cell('```') cell(em('e')))))");
	assert_tree("| *a* b | **c** |\n|-|-|\n| [d](e) | \\* |\n",
		    "doc(table(row(cell(em('a') ' b') cell(strong('c')))"
		    " row(cell(a'e'('d')) cell('*'))))");
}

static void tables_end_a_paragraph(void **state)
{
	(void)state;
	assert_tree("one *two\nthree*\na|b\n-|-\n1|2\n\nend\n",
		    "doc(p('one ' em('two' soft 'three'))"
		    " table(row(cell('a') cell('b')) row(cell('1') cell('2')))"
		    " p('end'))");
	assert_tree("1\n     - x\n# a|b\n", "doc(p('1' soft '- x') h('a|b'))");
	assert_tree("t\n     - x\n a|b\n-|-\n",
		    "doc(p('t' soft '- x')"
		    " table(row(cell('a') cell('b'))))");
}

static void tables_lie_in_containers(void **state)
{
	(void)state;
	assert_tree("> | a |\n> |---|\n>| 1 |\n",
		    "doc(quote(table(row(cell('a')) row(cell('1')))))");
	assert_tree("- x\n\n  > |a|\n  > |-|\n  >   |1|\n",
		    "doc(list(item(p('x') quote(table(row(cell('a'))"
		    " row(cell('1')))))))");
	assert_tree("1. | a |\n   |---|\n   | 1 |\n",
		    "doc(list(item(table(row(cell('a')) row(cell('1'))))))");
}

static void not_every_pipe_is_a_table(void **state)
{
	(void)state;
	assert_tree("a | b\nc | d\n", "doc(p('a | b' soft 'c | d'))");
	assert_tree("a | b\n-\n", "doc(h('a | b'))");
	assert_tree("|a|b|\n|-|\n", "doc(p('|a|b|' soft '|-|'))");
	assert_tree("|a|b|\n|-|:|\n", "doc(p('|a|b|' soft '|-|:|'))");
	assert_tree("abc\n:--\n", "doc(p('abc' soft ':--'))");
	assert_tree("```\n|a|\n|-|\n```\n", "doc(code'|a|\n|-|\n')");
}

static void table_lines_are_known(void **state)
{
	struct md *doc = parse("x\n|a|\n|-|\n|1|\n");
	const struct md *table = doc->first->next;

	(void)state;
	assert_int_equal(doc->first->end_line, 1);
	assert_int_equal(table->line, 2);
	assert_int_equal(table->end_line, 4);
	assert_int_equal(table->first->next->line, 4);
}

static void boxes_are_judged_by_the_bytes(void **state)
{
	(void)state;
	assert_tree("- [ ] a\n- [x] b\n- [X] c\n- [-] d\n",
		    "doc(list(item (p('a')) itemx(p('b')) itemx(p('c'))"
		    " item/(p('d'))))");
	assert_tree("1. [ ] `a`\n2. [y] b\n3. [x]c\n4. [ ]\n",
		    "doc(list(item (p(tick'a')) item(p('[y] b'))"
		    " item(p('[x]c')) item (p)))");
	/* a definition would make a link of it */
	assert_tree("[x]: u\n\n- [x] b\n- [x]\n  c\n",
		    "doc(list(itemx(p('b')) itemx(p('c'))))");
	assert_tree("- \\[x] a\n- a [x] b\n\n[x] c\n",
		    "doc(list(item(p('[x] a')) item(p('a [x] b')))"
		    " p('[x] c'))");
	assert_tree("- [x] a\n  b|c\n  -|-\n",
		    "doc(list(itemx(p('a')"
		    " table(row(cell('b') cell('c'))))))");
}

static void boxes_have_their_byte(void **state)
{
	const char *text = "踩坑\n\n> 1.  [x] a\n>     - [ ] b\n";
	struct md *doc =
		md_parse(&arena, text, strlen(text), 1, 1000, &limited);
	const struct md *item = doc->first->next->first->first;
	size_t at = (size_t)(strchr(text, 'x') - text);

	(void)state;
	assert_int_equal(item->box, MD_BOX_DONE);
	assert_int_equal(item->box_at, 1000 + at);
	item = item->first->next->first;
	assert_int_equal(item->box, MD_BOX_OPEN);
	at = (size_t)(strstr(text, "[ ]") - text) + 1;
	assert_int_equal(item->box_at, 1000 + at);
}

static void plain_has_no_markup(void **state)
{
	(void)state;
	assert_string_equal(plain(parse("*a* `b`\nc\\\nd ![e](f) <i>g</i>\n")),
			    "a b c d e g");
	assert_string_equal(plain(parse("- a\n- b\n\nc\n")), "a b c");
}

/* What would take cmark too long, or us too deep. */
static void hostile_text_is_limited(void **state)
{
	struct buf b = BUF_INIT;
	struct md *doc;

	(void)state;
	buf_fill(&b, '[', MD_MAX_BRACKETS + 1);
	buf_addstr(&b, "\nx\n\ny");
	doc = parse(b.p);
	assert_true(limited);
	assert_int_equal(doc->first->type, MD_PARAGRAPH);
	assert_int_equal(doc->first->end_line, 2);
	assert_int_equal(doc->first->next->line, 4);
	assert_string_equal(plain(doc->first->next), "y");

	buf_reset(&b);
	for (int i = 0; i < 50; i++) {
		buf_fill(&b, '[', MD_MAX_BRACKETS / 2);
		buf_addstr(&b, "\n\n");
	}
	parse(b.p);
	assert_true(limited);

	buf_reset(&b);
	buf_fill(&b, 'a', MD_MAX_BYTES + 1);
	parse(b.p);
	assert_true(limited);

	buf_reset(&b);
	for (int i = 0; i < 50000; i++)
		buf_addstr(&b, "- ");
	buf_fill(&b, '\n', 50000);
	parse(b.p);
	assert_true(limited);

	buf_reset(&b);
	for (int i = 0; i < 50000; i++)
		buf_addstr(&b, "- ");
	buf_addstr(&b, "a\r");
	buf_fill(&b, '\r', 50000);
	parse(b.p);
	assert_true(limited);

	buf_reset(&b);
	buf_fill(&b, '>', MD_MAX_DEPTH + 1);
	parse(b.p);
	assert_true(limited);

	buf_reset(&b);
	for (int i = 0; i < MD_MAX_DEPTH + 1; i++)
		buf_addstr(&b, "*a **b ");
	for (int i = 0; i < MD_MAX_DEPTH + 1; i++)
		buf_addstr(&b, "c** d*");
	parse(b.p);
	assert_true(limited);
	buf_release(&b);
}

static void ordinary_text_is_not_limited(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_addstr(&b, "- [ ] see [a](b), [c][d]\n      - deeper\n\n");
	buf_fill(&b, '-', 500);
	parse(b.p);
	assert_false(limited);
	buf_release(&b);
}

/* --- writing --- */

static const char *escape(const char *s)
{
	struct buf b = BUF_INIT;
	const char *text;

	md_escape(&b, s);
	text = arena_strdup(&arena, b.p);
	buf_release(&b);
	return text;
}

/* As a person sees it: white space collapsed. */
static const char *collapse(const char *s)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (; *s; s++) {
		bool blank = strchr(" \t\r\n", *s) != NULL;

		if (!blank)
			buf_addch(&b, *s);
		else if (b.n && b.p[b.n - 1] != ' ')
			buf_addch(&b, ' ');
	}
	while (b.n && b.p[b.n - 1] == ' ')
		buf_truncate(&b, b.n - 1);
	text = arena_strdup(&arena, b.p);
	buf_release(&b);
	return text;
}

/* In all places where a draft puts such text. */
static void assert_shown(const char *s)
{
	static const struct {
		const char *before, *after;
	} places[] = {
		{ "", "\n" },
		{ "words ", " words\n" },
		{ "- ", "\n" },
		{ "- [ ] A1: ", "\n" },
		{ "## ", "\n" },
		{ "para\n", "\n" },
		{ "|", "|x|\n|-|-|\n" },
		{ "[", "](u)\n" },
		{ "*", "*\n" },
	};
	const char *shown = collapse(s);

	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		const char *text =
			arena_printf(&arena, "%s%s%s", places[i].before,
				     escape(s), places[i].after);
		const char *want = shown;
		const struct md *doc = parse(text), *md = doc->first;

		if (i == 1)
			want = arena_printf(&arena, "words %s%swords", shown,
					    *shown ? " " : "");
		if (i == 3)
			want = arena_printf(&arena, "A1:%s%s",
					    *shown ? " " : "", shown);
		if (i == 5)
			want = arena_printf(&arena, "para%s%s",
					    *shown ? " " : "", shown);
		if (i == 6)
			md = md ? md->first->first : NULL;
		/* Emphasis around nothing or a blank's edge is none. */
		if (i >= 6 && !*shown)
			continue;
		if (strcmp(md ? collapse(plain(md)) : "", want) != 0 ||
		    (md && doc->first->next))
			fail_msg("'%s' is written\n%s\nand read '%s'", s, text,
				 md ? plain(md) : "");
	}
}

static void escaped_text_is_shown_as_it_is(void **state)
{
	static const char *const cases[] = {
		"",
		"plain words",
		"#",
		"# heading",
		"####### seven",
		"C #",
		"C ##",
		"#123 and a#b",
		"1.",
		"1. one",
		"2) two",
		"1234567890. ten",
		"1.4 is out",
		"-",
		"- item",
		"--flag",
		"---",
		"- - -",
		"+",
		"+ item",
		"*",
		"* item",
		"***",
		"a * b",
		"*a*",
		"**a**",
		"_",
		"_a_",
		"__init__.py",
		"snake_case_name",
		"中_文_字",
		"，_a_，",
		"a__b__c",
		"[x] done",
		"[ ] open",
		"[a](b)",
		"[a]: b",
		"[[wiki]]",
		"![img](x)",
		"]",
		"<b>bold</b>",
		"<http://x.y>",
		"a < b > c",
		"<",
		"<!-- x -->",
		"&amp; &#42; & co &",
		"a|b|c",
		"|---|",
		"`tick`",
		"``",
		"```",
		"~~~",
		"~~gone~~ HEAD~3",
		"===",
		"=",
		":::",
		":--",
		"> quote",
		">",
		"C:\\temp\\new",
		"\\*",
		"\\",
		"ends with \\",
		"  leading blanks",
		"    four",
		"\ttab",
		"two\nlines\r\nthree",
		"trailing  ",
		"https://example.com/a_b_c/_d_?x=1&y=2#z",
		"@name !high due:2026-12-01",
		"{{title}}",
		"🚀 ship it",
		"踩过的坑：网络（一）",
		"﹏＊全角＊",
		"a\\|b",
		"`a|b`",
		"x`y",
		"***a_b***c_",
		"Revert \"Revert \\\"x\\\"\"",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_shown(cases[i]);
}

/* The same of any row of such characters; the seed makes it repeat. */
static void escaped_noise_is_shown_as_it_is(void **state)
{
	static const char *const parts[] = {
		"*",  "_",    "`", "~", "[",  "]",  "(",  ")",  "<",  ">",
		"!",  "#",    "-", "+", "=",  "|",  ":",  "\\", "&",  ";",
		"a",  "b",    "1", ".", " ",  "  ", "中", "，", "\n", "/",
		"\"", "amp;", "x", "'", "_a", "a_", "**", "__", "--", "] ",
	};
	uint64_t seed = 20261124;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		struct buf b = BUF_INIT;

		for (uint64_t n = seed >> 33 & 15; n-- > 0;) {
			seed = seed * 6364136223846793005u +
			       1442695040888963407u;
			buf_addstr(&b, parts[(seed >> 33) % ARRAY_SIZE(parts)]);
		}
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		assert_shown(b.p);
		buf_release(&b);
		arena_release(&arena);
	}
}

static void only_what_must_is_escaped(void **state)
{
	static const char *const same[] = {
		"fix snake_case in src/a_b.c",
		"1.4 is out",
		"v1.4.0",
		"#123: a-b (c) + d = e",
		"C:\\temp",
		"a < b, x > y & z",
		"see: http://x.y/z?a=b&c=d",
		"踩过的坑：网络",
		"a * b",
		"-flag --long",
		"Don't \"quote\" {this}!",
		"1 + 1 = 2",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(same); i++)
		assert_string_equal(escape(same[i]), same[i]);
	assert_string_equal(escape("1. one"), "1\\. one");
	assert_string_equal(escape("a\x1b[2Jb"), "a\xEF\xBF\xBD\\[2Jb");
}

static void code_spans_show_exactly(void **state)
{
	static const char *const cases[][2] = {
		{ "a", "`a`" },
		{ "a`b", "``a`b``" },
		{ "`", "`` ` ``" },
		{ "``x", "``` ``x ```" },
		{ " a ", "`  a  `" },
		{ " ", "` `" },
		{ "a\nb", "`a b`" },
		{ "", "" },
		{ " a", "` a`" },
		{ "a\\", "`a\\`" },
		{ "*a* <b>", "`*a* <b>`" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf b = BUF_INIT;
		const struct md *md;

		md_code_span(&b, cases[i][0]);
		assert_string_equal(b.p, cases[i][1]);
		buf_addstr(&b, ".");
		md = parse(b.p)->first->first;
		if (*cases[i][0] && !strchr(cases[i][0], '\n'))
			assert_string_equal(md->text, cases[i][0]);
		buf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(blocks_and_inlines, set_up),
		cmocka_unit_test_setup(lines_count_as_the_file_does, set_up),
		cmocka_unit_test_setup(tables_are_read, set_up),
		cmocka_unit_test_setup(tables_end_a_paragraph, set_up),
		cmocka_unit_test_setup(tables_lie_in_containers, set_up),
		cmocka_unit_test_setup(not_every_pipe_is_a_table, set_up),
		cmocka_unit_test_setup(table_lines_are_known, set_up),
		cmocka_unit_test_setup(boxes_are_judged_by_the_bytes, set_up),
		cmocka_unit_test_setup(boxes_have_their_byte, set_up),
		cmocka_unit_test_setup(plain_has_no_markup, set_up),
		cmocka_unit_test_setup(hostile_text_is_limited, set_up),
		cmocka_unit_test_setup(ordinary_text_is_not_limited, set_up),
		cmocka_unit_test_setup(escaped_text_is_shown_as_it_is, set_up),
		cmocka_unit_test_setup(escaped_noise_is_shown_as_it_is, set_up),
		cmocka_unit_test_setup(only_what_must_is_escaped, set_up),
		cmocka_unit_test_setup(code_spans_show_exactly, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
