/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/attr.h"
#include "base/date.h"
#include "golden.h"
#include "model/field.h"
#include "model/read.h"
#include "view/record.h"

static struct arena arena;
static struct buf out;

static void push(struct retros *retros, const char *path, const char *text)
{
	struct diags diags = { .arena = &arena };

	vec_push(&arena, retros,
		 read_retro(&arena, &diags, path, text, strlen(text)));
}

static struct retros one_retro(struct arena *a, struct retro *retro)
{
	struct retros retros = { 0 };

	vec_push(a, &retros, retro);
	return retros;
}

/* With the spaces before it. */
static void drop_text(struct buf *b, const char *text)
{
	char *at;

	while ((at = memmem(b->p, b->n, text, strlen(text)))) {
		char *end = at + strlen(text);

		while (at > b->p && at[-1] == ' ')
			at--;
		memmove(at, end, (size_t)(b->p + b->n - end) + 1);
		b->n -= (size_t)(end - at);
	}
}

/* Fields without a value are left out, so that a new one changes no golden
 * file. */
static void drop_unset(struct buf *made, struct arena *a)
{
	static const char *const values[] = { "null", "[]", "{}" };

	for (size_t i = 0; i < field_count; i++)
		for (size_t j = 0; j < ARRAY_SIZE(values); j++) {
			const char *key = field_table[i].key;

			drop_text(made, arena_printf(a, "\"%s\": %s,\n", key,
						     values[j]));
			drop_text(made, arena_printf(a, "\"%s\":%s,", key,
						     values[j]));
		}
}

static void every_field_is_there(void **state)
{
	struct retro *bare = arena_alloc(&arena, sizeof(*bare));
	struct retros retros = one_retro(&arena, bare);

	(void)state;
	buf_reset(&out);
	bare->path = bare->id = bare->title = "x";
	bare->date = DAY_NONE;
	record_json(&out, &arena, &retros, 0, NULL);
	for (size_t i = 0; i < field_count; i++)
		if (!strstr(out.p, arena_printf(&arena, "\n      \"%s\": ",
						field_table[i].key)))
			fail_msg("%s", field_table[i].key);
}

static void as_json(struct buf *made, struct arena *a, struct retro *retro)
{
	struct retros retros = one_retro(a, retro);

	record_json(made, a, &retros, RECORD_BODY, NULL);
	drop_unset(made, a);
}

static void as_ndjson(struct buf *made, struct arena *a, struct retro *retro)
{
	struct retros retros = one_retro(a, retro);

	record_ndjson(made, a, &retros, 0, NULL);
	drop_unset(made, a);
}

static void as_tsv(struct buf *made, struct arena *a, struct retro *retro)
{
	struct retros retros = one_retro(a, retro);

	record_tsv(made, a, &retros, NULL);
}

static void golden(void **state)
{
	(void)state;
	golden_check("json", as_json);
	golden_check("ndjson", as_ndjson);
	golden_check("tsv", as_tsv);
}

static void nothing_is_an_empty_list(void **state)
{
	struct retros none = { 0 };

	(void)state;
	buf_reset(&out);
	record_json(&out, &arena, &none, 0, NULL);
	assert_string_equal(out.p, "{\n  \"version\": 1,\n"
				   "  \"retros\": []\n}\n");
	buf_reset(&out);
	record_ndjson(&out, &arena, &none, 0, NULL);
	assert_string_equal(out.p, "");
	buf_reset(&out);
	record_tsv(&out, &arena, &none, NULL);
	assert_non_null(strchr(out.p, '\n'));
	assert_string_equal(strchr(out.p, '\n'), "\n");
}

/* How many lines of `out` start with `start`. */
static size_t lines_with(const char *start)
{
	size_t n = 0;

	for (const char *s = out.p; *s; s += strcspn(s, "\n") + 1)
		n += !strncmp(s, start, strlen(start));
	return n;
}

static void each_retro_is_a_line(void **state)
{
	struct retros retros = { 0 };

	(void)state;
	push(&retros, "a.md", "---\ntitle: |\n  two\n  lines\n---\n");
	push(&retros, "b.md", "# B\n");
	buf_reset(&out);
	record_ndjson(&out, &arena, &retros, 0, NULL);
	assert_int_equal(lines_with(""), 2);
	assert_int_equal(lines_with("{\"version\":1,\"id\":\""), 2);
	buf_reset(&out);
	record_tsv(&out, &arena, &retros, NULL);
	assert_int_equal(lines_with(""), 3);
}

static void bodies_only_when_asked(void **state)
{
	struct retros retros = { 0 };

	(void)state;
	push(&retros, "a.md", "# A\n");
	buf_reset(&out);
	record_json(&out, &arena, &retros, 0, NULL);
	assert_null(strstr(out.p, "\"sections\""));
}

static void tsv_keeps_its_columns(void **state)
{
	struct retros retros = { 0 };

	(void)state;
	push(&retros, "a.md",
	     "---\nid: x\nowner: \"a\\tb\\nc\\\\d\\e\"\n"
	     "labels: [p, q]\n---\n");
	buf_reset(&out);
	record_tsv(&out, &arena, &retros, NULL);
	assert_int_equal(lines_with("x\t\t\t\t\ta.md\t\t\tp, q\t"
				    "a\\tb\\nc\\\\d\xef\xbf\xbd\t\ta\n"),
			 1);
}

/* A file's name may be any bytes. */
static void bytes_that_are_no_text_are_replaced(void **state)
{
	struct retros retros = { 0 };

	(void)state;
	push(&retros, "caf\xe9.md", "");
	buf_reset(&out);
	record_json(&out, &arena, &retros, 0, NULL);
	assert_non_null(strstr(out.p, "\"path\": \"caf\xef\xbf\xbd.md\""));
}

static void what_a_terminal_obeys_is_escaped(void **state)
{
	struct retros retros = { 0 };

	(void)state;
	push(&retros, "a.md",
	     "---\ntitle: \"\\e \\x7f \\x9b \\u202e 好 \\\" \\\\\"\n---\n");
	buf_reset(&out);
	record_ndjson(&out, &arena, &retros, 0, NULL);
	assert_non_null(strstr(out.p, "\"title\":\"\\u001B \\u007F \\u009B "
				      "\\u202E 好 \\\" \\\\\""));
}

static void diagnostics(void **state)
{
	struct diag items[] = {
		{ "a.md",
		  { 4, 2, 3 },
		  DIAG_ERROR,
		  "status",
		  "what",
		  "do",
		  NULL,
		  NULL,
		  NULL },
		{ "b.md",
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
	record_diags(&out, &diags);
	assert_string_equal(out.p, "{\n"
				   "  \"version\": 1,\n"
				   "  \"diagnostics\": [\n"
				   "    {\n"
				   "      \"path\": \"a.md\",\n"
				   "      \"line\": 2,\n"
				   "      \"column\": 3,\n"
				   "      \"level\": \"error\",\n"
				   "      \"rule\": \"status\",\n"
				   "      \"text\": \"what\",\n"
				   "      \"hint\": \"do\"\n"
				   "    },\n"
				   "    {\n"
				   "      \"path\": \"b.md\",\n"
				   "      \"line\": null,\n"
				   "      \"column\": null,\n"
				   "      \"level\": \"note\",\n"
				   "      \"rule\": \"title\",\n"
				   "      \"text\": \"none\",\n"
				   "      \"hint\": null\n"
				   "    }\n"
				   "  ],\n"
				   "  \"errors\": 1,\n"
				   "  \"warnings\": 0,\n"
				   "  \"notes\": 1\n"
				   "}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden),
		cmocka_unit_test(every_field_is_there),
		cmocka_unit_test(nothing_is_an_empty_list),
		cmocka_unit_test(each_retro_is_a_line),
		cmocka_unit_test(bodies_only_when_asked),
		cmocka_unit_test(tsv_keeps_its_columns),
		cmocka_unit_test(bytes_that_are_no_text_are_replaced),
		cmocka_unit_test(what_a_terminal_obeys_is_escaped),
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
