/* SPDX-License-Identifier: GPL-2.0-only */
/* Journals: what is whole counts, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/file.h"
#include "base/journal.h"
#include "scratch.h"

#define TITLE "test 1"

static void append(const char *text)
{
	struct journal journal;
	struct buf batch = BUF_INIT;

	buf_addstr(&batch, text);
	journal_open(&journal, "dir/journal", TITLE);
	journal_append(&journal, &batch);
	journal_close(&journal);
	buf_release(&batch);
}

/* All batches, each with a bar behind it. */
static const char *content(const char *title)
{
	static char text[4096];
	struct journal journal;
	struct buf all = BUF_INIT;
	const char *batch;
	size_t n, at = 0;

	journal_open(&journal, "dir/journal", title);
	while (journal_next(&batch, &n, &at, &journal)) {
		buf_add(&all, batch, n);
		buf_addch(&all, '|');
	}
	journal_close(&journal);
	assert_true(all.n < sizeof(text));
	memcpy(text, all.p, all.n + 1);
	buf_release(&all);
	return text;
}

static void batches_come_in_order(void **state)
{
	(void)state;
	assert_string_equal(content(TITLE), "");
	append("one");
	append("");
	append("two");
	assert_string_equal(content(TITLE), "one||two|");
	assert_string_equal(content("test 2"), "");
}

/* Cut anywhere: what was whole before stays, and the next one comes behind. */
static void a_torn_end_is_left_out(void **state)
{
	struct buf whole = BUF_INIT;

	(void)state;
	sh("rm -rf dir");
	append("first");
	append("second");
	assert_null(file_read(&whole, "dir/journal", FILE_MAX));
	for (size_t n = 0; n < whole.n; n++) {
		assert_null(
			file_write("dir/journal", whole.p, n, 0666, 0, NULL));
		assert_true(!strcmp(content(TITLE), "") ||
			    !strcmp(content(TITLE), "first|"));
		append("third");
		assert_true(!strcmp(content(TITLE), "third|") ||
			    !strcmp(content(TITLE), "first|third|"));
	}
	buf_release(&whole);
}

static void a_turned_byte_ends_it(void **state)
{
	struct buf whole = BUF_INIT;

	(void)state;
	sh("rm -rf dir");
	append("first");
	append("second");
	assert_null(file_read(&whole, "dir/journal", FILE_MAX));
	for (size_t i = 0; i < whole.n; i++) {
		whole.p[i] ^= 0x41;
		assert_null(file_write("dir/journal", whole.p, whole.n, 0666, 0,
				       NULL));
		assert_true(!strcmp(content(TITLE), "") ||
			    !strcmp(content(TITLE), "first|"));
		whole.p[i] ^= 0x41;
	}
	buf_release(&whole);
}

/* Who read it before another appended writes nothing over that. */
static void of_two_one_loses(void **state)
{
	struct journal late;
	struct buf batch = BUF_INIT;

	(void)state;
	sh("rm -rf dir");
	append("first");
	journal_open(&late, "dir/journal", TITLE);
	append("second");
	buf_addstr(&batch, "late");
	journal_append(&late, &batch);
	journal_close(&late);
	assert_string_equal(content(TITLE), "first|second|");
	buf_release(&batch);
}

static void what_cannot_be_written_is_no_harm(void **state)
{
	struct journal journal;
	struct buf batch = BUF_INIT;

	(void)state;
	sh("rm -rf dir; echo file >dir");
	append("first");
	assert_string_equal(content(TITLE), "");
	sh("rm dir; mkdir -p dir/journal");
	append("first");
	assert_string_equal(content(TITLE), "");
	sh("rm -rf dir");
	buf_addstr(&batch, "x");
	journal_open(&journal, "", TITLE);
	journal_append(&journal, &batch);
	journal_replace(&journal, &batch);
	journal_close(&journal);
	buf_release(&batch);
	sh("test ! -e dir");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(batches_come_in_order),
		cmocka_unit_test(a_torn_end_is_left_out),
		cmocka_unit_test(a_turned_byte_ends_it),
		cmocka_unit_test(of_two_one_loses),
		cmocka_unit_test(what_cannot_be_written_is_no_harm),
	};

	return cmocka_run_group_tests(tests, scratch_enter, scratch_leave);
}
