/* SPDX-License-Identifier: GPL-2.0-only */
/* Filling templates, and text that goes into YAML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "model/diag.h"
#include "model/node.h"
#include "model/template.h"

static struct slot known[] = {
	{ "name", "Ann" },
	{ "empty", "" },
	{ "lines", "- one\n- two" },
	{ "tricky", "{{name}} }} {{" },
};
static const struct slots slots = { known, 4, 4 };

static void fills(const char *template, const char *expected)
{
	struct buf out = BUF_INIT;

	template_fill(&out, template, strlen(template), &slots);
	assert_string_equal(out.p, expected);
	buf_release(&out);
}

static void values_take_their_place(void **state)
{
	(void)state;
	fills("", "");
	fills("no slot, no newline", "no slot, no newline");
	fills("{{name}}", "Ann");
	fills("# {{name}} and {{name}}\n", "# Ann and Ann\n");
	fills("a {{empty}}b\n", "a b\n");
	fills("{{lines}}\n", "- one\n- two\n");
	fills("{{{name}}}\n", "{Ann}\n");
}

static void what_is_no_slot_stays(void **state)
{
	(void)state;
	fills("{{nobody}} {{ name }} {{NAME}} {{}} {{-\n",
	      "{{nobody}} {{ name }} {{NAME}} {{}} {{-\n");
	fills("{{name", "{{name");
	fills("{{name}", "{{name}");
	fills("{ {name}}", "{ {name}}");
}

static void values_are_not_looked_into(void **state)
{
	(void)state;
	fills("{{tricky}} {{name}}\n", "{{name}} }} {{ Ann\n");
}

static void an_empty_value_drops_its_line(void **state)
{
	(void)state;
	fills("a\n{{empty}}\nb\n", "a\nb\n");
	fills("a\n  {{empty}} \nb\n", "a\nb\n");
	fills("{{empty}}\n", "");
	fills("{{empty}}", "");
	/* and one blank line with it, so that two do not meet */
	fills("a\n\n{{empty}}\n\nb\n", "a\n\nb\n");
	fills("a\n\n{{empty}}\n\n{{empty}}\n\nb\n", "a\n\nb\n");
	fills("a\n{{empty}}\n\nb\n", "a\n\nb\n");
	fills("{{empty}}\n\nb\n", "b\n");
	fills("a\r\n\r\n{{empty}}\r\n\r\nb\r\n", "a\r\n\r\nb\r\n");
	/* blank lines that a person wrote stay */
	fills("a\n\n\nb\n\n", "a\n\n\nb\n\n");
	/* none is left at the end */
	fills("a\n\n{{empty}}\n", "a\n");
	fills("a\n\n{{empty}}\n\n{{empty}}\n", "a\n");
}

static void filling_appends(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	buf_addstr(&out, "\n\n");
	template_fill(&out, "{{empty}}\n", 10, &slots);
	assert_string_equal(out.p, "\n\n");
	buf_release(&out);
}

/* --- YAML --- */

static void writes(const char *s, const char *expected)
{
	struct buf out = BUF_INIT;

	yaml_scalar(&out, s);
	assert_string_equal(out.p, expected);
	buf_release(&out);
}

static void plain_where_that_is_safe(void **state)
{
	(void)state;
	writes("v1.4.0", "v1.4.0");
	writes("2026-11-24-v1-4-0", "2026-11-24-v1-4-0");
	writes("Ann Author <ann@example.com>", "Ann Author <ann@example.com>");
	writes("标签漂移", "标签漂移");
	writes("v1.3.0..v1.4.0", "v1.3.0..v1.4.0");
	writes("0123abc..4567def", "0123abc..4567def");
}

static void quoted_where_it_is_not(void **state)
{
	(void)state;
	writes("", "\"\"");
	writes("v1.4: trap", "\"v1.4: trap\"");
	writes("@ann", "\"@ann\"");
	writes("say \"x\\y\"", "say \"x\\y\"");
	writes("\"x\"", "\"\\\"x\\\"\"");
	writes("a\nb\tc\x1b", "\"a\\nb\\tc\\x1b\"");
	writes("a\xe2\x80\xae"
	       "b",
	       "\"a\\u202eb\"");
	writes("a\xff", "\"a\xef\xbf\xbd\"");
	/* what another reader takes for something else than text */
	writes("1.10", "\"1.10\"");
	writes("2026-11-24", "\"2026-11-24\"");
	writes("1e5", "\"1e5\"");
	writes("No", "\"No\"");
	writes("null", "\"null\"");
	writes("~", "\"~\"");
}

static const char *const hostile[] = {
	"",
	" ",
	" a",
	"a ",
	"a: b",
	"a:",
	"a #b",
	"#a",
	"- a",
	"-",
	"?",
	"? a",
	"---",
	"...",
	"[a, b]",
	"{a: b}",
	"a, b]",
	"'a'",
	"\"a\"",
	"a\"b",
	"a\\nb",
	"\\",
	"*a",
	"&a",
	"!a",
	"|",
	">",
	"%a",
	"@a",
	"`a`",
	"null",
	"~",
	"true",
	"a\nb",
	"\n",
	"a\r\nb",
	"a\tb",
	"\x01\x1b[31m\x7f",
	"\xc2\x85 \xc2\xa0 \xe2\x80\xa8 \xe2\x80\xa9",
	"\xef\xbb\xbf",
	"a\xef\xbb\xbf"
	"b",
	"\xef\xbf\xbe",
	"\xe2\x80\xae"
	"cod.exe",
	"\xf0\x9f\x98\x80",
	"标题：“引号”，逗号",
	"<b>&amp;</b>",
	"{{front}}",
};

/* Each of them, as a value, in a list and beside a comment. */
static void reads_back_as_it_was(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		struct arena a = ARENA_INIT;
		struct diags diags = { .arena = &a };
		struct buf b = BUF_INIT;
		const struct node *map;

		buf_addstr(&b, "a: ");
		yaml_scalar(&b, hostile[i]);
		buf_addstr(&b, " # ");
		yaml_comment(&b, hostile[i]);
		buf_addstr(&b, "\nb: [");
		yaml_scalar(&b, hostile[i]);
		buf_addstr(&b, ", ");
		yaml_scalar(&b, hostile[i]);
		buf_addstr(&b, "]\n");
		map = node_parse(&a, &diags, "x", b.p, 0, b.n);
		assert_int_equal(diags.nr, 0);
		assert_non_null(map);
		assert_int_equal(map->nr, 2);
		assert_string_equal(map->pairs[0].value->text, hostile[i]);
		assert_false(node_is_null(map->pairs[0].value) && *hostile[i]);
		assert_int_equal(map->pairs[1].value->nr, 2);
		assert_string_equal(map->pairs[1].value->items[1]->text,
				    hostile[i]);
		buf_release(&b);
		arena_release(&a);
	}
}

static void invalid_bytes_stay_readable(void **state)
{
	struct arena a = ARENA_INIT;
	struct diags diags = { .arena = &a };
	struct buf b = BUF_INIT;
	const struct node *map;

	(void)state;
	buf_addstr(&b, "a: ");
	yaml_scalar(&b, "x\xc3\x28\xff");
	buf_addstr(&b, " # ");
	yaml_comment(&b, "x\xc3\x28\xff");
	map = node_parse(&a, &diags, "x", b.p, 0, b.n);
	assert_int_equal(diags.nr, 0);
	assert_string_equal(map->pairs[0].value->text,
			    "x\xef\xbf\xbd(\xef\xbf\xbd");
	buf_release(&b);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_take_their_place),
		cmocka_unit_test(what_is_no_slot_stays),
		cmocka_unit_test(values_are_not_looked_into),
		cmocka_unit_test(an_empty_value_drops_its_line),
		cmocka_unit_test(filling_appends),
		cmocka_unit_test(plain_where_that_is_safe),
		cmocka_unit_test(quoted_where_it_is_not),
		cmocka_unit_test(reads_back_as_it_was),
		cmocka_unit_test(invalid_bytes_stay_readable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
