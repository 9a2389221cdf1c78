/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "front/marks.h"
#include "report/edit.h"

/* What is new or goes as a whole is not asked of git, so there is none here. */
static void diff_of(struct buf *out, struct arena *a, const struct edit *edits,
		    size_t nr)
{
	struct edits all = { 0 };

	for (size_t i = 0; i < nr; i++)
		vec_push(a, &all, edits[i]);
	assert_null(edit_diff(out, a, NULL, &all));
}

static void keep_mark(void *data, const struct change_mark *mark)
{
	struct buf *out = data;

	buf_addf(out, "%.*s %c%.*s\n", (int)mark->path_n, mark->path,
		 (char)mark->kind, (int)mark->n, mark->text);
}

static void test_hunk_counts_lines(void **state)
{
	static const struct edit edits[] = {
		{ .path = "a", .before = "", .after = "one\ntwo\n" },
		{ .path = "b", .before = "one\n\ntwo", .after = NULL },
	};
	struct arena a = { 0 };
	struct buf out = BUF_INIT;

	(void)state;
	diff_of(&out, &a, edits, 2);
	assert_string_equal(out.p, "--- /dev/null\n+++ b/a\n@@ -0,0 +1,2 @@\n"
				   "+one\n+two\n"
				   "--- a/b\n+++ /dev/null\n@@ -1,3 +0,0 @@\n"
				   "-one\n-\n-two\n");
	buf_release(&out);
	arena_release(&a);
}

static void test_next_file_is_its_own(void **state)
{
	static const struct edit edits[] = {
		{ .path = "a.c", .before = "first();\n", .after = NULL },
		{ .path = "b.c", .before = "second();\n", .after = NULL },
	};
	struct arena a = { 0 };
	struct buf out = BUF_INIT, marks = BUF_INIT;

	(void)state;
	diff_of(&out, &a, edits, 2);
	marks_read(out.p, true, keep_mark, &marks);
	assert_non_null(strstr(marks.p, "a.c -first();\n"));
	assert_non_null(strstr(marks.p, "b.c -second();\n"));
	buf_release(&out);
	buf_release(&marks);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hunk_counts_lines),
		cmocka_unit_test(test_next_file_is_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
