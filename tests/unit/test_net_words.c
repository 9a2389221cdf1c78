/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "base/buf.h"
#include "front/net_words.h"

static struct buf told;

static void tell(void *data, const struct change_mark *mark)
{
	(void)data;
	buf_addf(&told, "%c%.*s:%.*s ", mark->kind, (int)mark->path_n,
		 mark->path, (int)mark->n, mark->text);
}

/* The words of a diff of f.c with these lines. */
static const char *words_of(const char *lines)
{
	struct buf diff = BUF_INIT;
	const char *out;

	buf_addf(&diff, "--- a/f.c\n+++ b/f.c\n@@ -1,9999 +1,9999 @@\n%s",
		 lines);
	buf_reset(&told);
	assert_true(net_words_read(diff.p, tell, NULL));
	out = arena_strdup(&arena, told.p);
	buf_release(&diff);
	buf_release(&told);
	return out;
}

static void more_and_fewer(void **state)
{
	(void)state;
	assert_string_equal(words_of("-old_call(rows);\n+new_call(rows);\n"),
			    "<f.c:old_call >f.c:new_call ");
	assert_string_equal(words_of("-limit = 30\n+limit = 60\n"),
			    "<f.c:30 >f.c:60 ");
	assert_string_equal(words_of("+数据 = 新;\n"), ">f.c:数据 ");
}

static void moved_and_common(void **state)
{
	(void)state;
	assert_string_equal(words_of("-one_call(rows);\n+  one_call(rows);\n"),
			    "");
	assert_string_equal(words_of("+return NULL;\n-static void;\n"), "");
	assert_string_equal(words_of("+/* about old_call */\n+// old_call\n"),
			    "");
}

static void each_file_by_itself(void **state)
{
	struct buf diff = BUF_INIT;
	(void)state;

	buf_addstr(&diff, "--- a/one\n+++ b/one\n@@ -1 +0,0 @@\n-word\n"
			  "--- a/two\n+++ b/two\n@@ -0,0 +1 @@\n+word\n");
	buf_reset(&told);
	assert_true(net_words_read(diff.p, tell, NULL));
	assert_string_equal(told.p, "<one:word >two:word ");
	buf_release(&diff);
	buf_release(&told);
}

/* Of what was written by a machine nothing is told. */
static void too_many(void **state)
{
	struct buf lines = BUF_INIT;
	(void)state;

	for (int i = 0; i < 5000; i++)
		buf_addf(&lines, "+word_%d\n", i);
	buf_addstr(&lines, "");
	assert_string_equal(words_of(lines.p), "");
	buf_release(&lines);
}

static void symbols(void **state)
{
	(void)state;
	assert_true(net_word_is_symbol("net_iavf", 8));
	assert_true(net_word_is_symbol("readRows", 8));
	assert_true(net_word_is_symbol("LoaderRows", 10));
	assert_false(net_word_is_symbol("loader", 6));
	assert_false(net_word_is_symbol("a_b", 3));
	assert_false(net_word_is_symbol("LOADER", 6));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(more_and_fewer, set_up),
		cmocka_unit_test_setup(moved_and_common, set_up),
		cmocka_unit_test_setup(each_file_by_itself, set_up),
		cmocka_unit_test_setup(too_many, set_up),
		cmocka_unit_test_setup(symbols, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
