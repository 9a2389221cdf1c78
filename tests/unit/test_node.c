/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "base/buf.h"
#include "model/node.h"

static const char *source;

static const struct node *parse(const char *text)
{
	diags.nr = 0;
	source = text;
	return node_parse(&arena, &diags, "a.md", text, 0, strlen(text));
}

/* What a node stands on. */
static const char *bytes_of(const struct node *node)
{
	return arena_strndup(&arena, source + node->start.byte,
			     node->end.byte - node->start.byte);
}

static const char *text_at(const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	assert_non_null(node);
	assert_non_null(node->text);
	return node->text;
}

static void scalars_stay_text(void **state)
{
	const struct node *map =
		parse("v: 1.10\nyes: no\nq: \"a\\tb\"\ns: 'it''s'\n"
		      "f: >\n  one\n  two\n\nn:\nt: ~\nz: \"\"\n"
		      "e: \"a\\0b\"\n");

	(void)state;
	assert_string_equal(text_at(map, "v"), "1.10");
	assert_string_equal(text_at(map, "yes"), "no");
	assert_string_equal(text_at(map, "q"), "a\tb");
	assert_string_equal(text_at(map, "s"), "it's");
	assert_string_equal(text_at(map, "f"), "one two\n");
	assert_string_equal(text_at(map, "e"), "a\xEF\xBF\xBD"
					       "b");
	assert_true(node_get(map, "v")->plain);
	assert_false(node_get(map, "q")->plain);
	assert_false(node_get(map, "f")->plain);
	assert_true(node_is_null(node_get(map, "n")));
	assert_true(node_is_null(node_get(map, "t")));
	assert_true(node_is_null(node_get(map, "z")));
	assert_true(node_is_null(node_get(map, "none")));
	assert_false(node_is_null(node_get(map, "v")));
	assert_int_equal(diags.nr, 0);
}

static void places_are_in_bytes(void **state)
{
	/* U+0085 and U+2028 are line ends to libyaml alone. */
	const char *text = "\xEF\xBB\xBF---\r\n# 中文\xC2\x85\r\n"
			   "标题: \"中\xE2\x80\xA8文\"\r\n"
			   "b: [x, 踩坑 ]\r\n";
	const struct node *map, *list;

	(void)state;
	source = text;
	map = node_parse(&arena, &diags, "a.md", text, 8, strlen(text));
	assert_int_equal(map->pairs[0].key->start.line, 3);
	assert_int_equal(map->pairs[0].key->start.column, 1);
	assert_string_equal(bytes_of(map->pairs[0].key), "标题");
	assert_string_equal(bytes_of(map->pairs[0].value),
			    "\"中\xE2\x80\xA8文\"");
	assert_int_equal(map->pairs[0].value->start.column, 5);
	list = map->pairs[1].value;
	assert_true(list->flow);
	assert_string_equal(bytes_of(list), "[x, 踩坑 ]");
	assert_string_equal(bytes_of(list->items[1]), "踩坑");
	assert_int_equal(list->items[1]->start.line, 4);
	assert_int_equal(list->items[1]->start.column, 8);
}

static void a_block_ends_at_its_last_leaf(void **state)
{
	const struct node *map = parse("a:\n- x\n- y # why\n# more\n\n"
				       "b:\n  c: |\n    text\n\n\n"
				       "d: {e: [f: g ], h: i}\nk: *a\n");

	(void)state;
	assert_null(map);
	map = parse("a: &a\n- x\n- y # why\n# more\n\n"
		    "b:\n  c: |\n    text\n\n\n"
		    "d: {e: [f: g ], h: i}\nk: *a\n");
	assert_string_equal(bytes_of(node_get(map, "a")), "&a\n- x\n- y");
	assert_string_equal(bytes_of(node_get(map, "b")), "c: |\n    text");
	assert_string_equal(bytes_of(node_get(map, "d")), "{e: [f: g ], h: i}");
	assert_string_equal(
		bytes_of(node_get(node_get(map, "d"), "e")->items[0]), "f: g");
	assert_string_equal(bytes_of(node_get(map, "k")), "*a");
	assert_int_equal(node_get(map, "k")->nr, 2);
}

static void a_tag_is_part_of_the_value(void **state)
{
	const struct node *map = parse("a: !important fix\nb: !!str 12\n");

	(void)state;
	assert_string_equal(text_at(map, "a"), "!important fix");
	assert_string_equal(text_at(map, "b"), "12");
}

static void nothing_is_null(void **state)
{
	(void)state;
	assert_null(parse(""));
	assert_null(parse("# only a comment\n\n"));
	assert_null(parse("---\n...\n"));
	assert_int_equal(diags.nr, 0);
}

static void the_first_of_two_keys_stays(void **state)
{
	const struct node *map = parse("a: 1\nb: 2\n\"a\": 3\n");

	(void)state;
	assert_int_equal(map->nr, 2);
	assert_string_equal(text_at(map, "a"), "1");
	assert_non_null(
		strstr(only_diag("duplicate-key", 3, 1)->text, "line 1"));
}

/* Each typical mistake: one problem, its place, and a hint that helps. */
static void mistakes_are_told(void **state)
{
	static const struct {
		const char *text;
		int line, column;
		const char *hint;
	} cases[] = {
		{ "title: v1.4: trap\n", 1, 12, "title: \"v1.4: trap\"" },
		{ "a: b\nowner: @ann\n", 2, 8, "owner: \"@ann\"" },
		{ "title: `x`\n", 1, 8, "title: \"`x`\"" },
		{ "title: *bold* move\n", 1, 13, "\"*bold* move\"" },
		{ "title: *bold\n", 1, 8, "\"*bold\"" },
		{ "title: @ \"x\"\n", 1, 8, "put the value in quotes" },
		{ "a: \"b\nc: d\n", 1, 4, "close the quote" },
		{ "a: 'b\nc: d\n", 1, 4, "close the quote" },
		{ "a: b\n\tc: d\n", 2, 1, "indent with spaces" },
		{ "a:\n\t- d\n", 2, 1, "indent with spaces" },
		{ "a: [b, c\nd: e\n", 1, 4, "close it with ]" },
		{ "a: {b: c\nd: e\n", 1, 4, "close it with }" },
		{ "some words\na: b\n", 2, 2, "write it as 'key: value'" },
		{ "a: b\nsome words\n", 2, 1, "'key: value'" },
		{ "a: {{title}}\n", 1, 5, "needs quotes" },
		{ "a: \"b\" c\n", 1, 8, "quotes" },
		{ "a: \"b\\d\"\n", 1, 6, "backslash" },
		{ "a: - b\n", 1, 4, "on its own line" },
		{ "a: b\x01\n", 1, 5, "remove it" },
		{ "中: \xE2\x80\xA8 \"b\n", 1, 6, "close the quote" },
		{ "a: b\n--- c\n", 2, 1, "first one" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct diag *diag;

		assert_null(parse(cases[i].text));
		diag = only_diag("yaml", cases[i].line, cases[i].column);
		if (!strstr(diag->hint, cases[i].hint))
			fail_msg("%s: hint is '%s'", cases[i].text, diag->hint);
	}
}

static void bad_bytes_have_a_place(void **state)
{
	(void)state;
	assert_null(parse("a: 中\nb: \xC3\x28\n"));
	only_diag("yaml", 2, 4);
}

static void bombs_are_bounded(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	buf_addstr(&b, "a0: &a0 [x, x]\n");
	for (int i = 1; i < 60; i++)
		buf_addf(&b, "a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1);
	assert_null(parse(b.p));
	only_diag("yaml-limit", 12, 12);
	buf_reset(&b);
	buf_addstr(&b, "a0: &a0 [x]\n");
	for (int i = 1; i < 60; i++)
		buf_addf(&b, "a%d: &a%d [*a%d]\n", i, i, i - 1);
	assert_null(parse(b.p));
	assert_string_equal(diags.at[0].rule, "yaml-limit");
	assert_int_equal(diags.nr, 1);
	buf_reset(&b);
	buf_fill(&b, '[', 100000);
	assert_null(parse(b.p));
	assert_int_equal(diags.nr, 1);
	buf_reset(&b);
	for (int i = 0; i < NODE_MAX_NODES; i++)
		buf_addstr(&b, "- a\n");
	assert_null(parse(b.p));
	only_diag("yaml-limit", NODE_MAX_NODES, 3);
	buf_release(&b);
}

static void an_alias_cannot_name_itself(void **state)
{
	(void)state;
	assert_null(parse("a: &a [*a]\n"));
	only_diag("yaml", 1, 8);
}

static void depth_is_allowed_to_its_bound(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	buf_fill(&b, '[', NODE_MAX_DEPTH);
	buf_fill(&b, ']', NODE_MAX_DEPTH);
	assert_non_null(parse(b.p));
	buf_reset(&b);
	buf_fill(&b, '[', NODE_MAX_DEPTH + 1);
	buf_fill(&b, ']', NODE_MAX_DEPTH + 1);
	assert_null(parse(b.p));
	only_diag("yaml-limit", 1, NODE_MAX_DEPTH + 1);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(scalars_stay_text, set_up),
		cmocka_unit_test_setup(places_are_in_bytes, set_up),
		cmocka_unit_test_setup(a_block_ends_at_its_last_leaf, set_up),
		cmocka_unit_test_setup(a_tag_is_part_of_the_value, set_up),
		cmocka_unit_test_setup(nothing_is_null, set_up),
		cmocka_unit_test_setup(the_first_of_two_keys_stays, set_up),
		cmocka_unit_test_setup(mistakes_are_told, set_up),
		cmocka_unit_test_setup(bad_bytes_have_a_place, set_up),
		cmocka_unit_test_setup(bombs_are_bounded, set_up),
		cmocka_unit_test_setup(an_alias_cannot_name_itself, set_up),
		cmocka_unit_test_setup(depth_is_allowed_to_its_bound, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
