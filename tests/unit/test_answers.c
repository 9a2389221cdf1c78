/* SPDX-License-Identifier: GPL-2.0-only */
/* Answers that are kept: found by all of their key, and never too many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/journal.h"
#include "git/answers.h"
#include "git/cache.h"
#include "scratch.h"

static const struct answers few = {
	.name = "few",
	.title = "test 1",
	.all_max = 200,
	.one_max = 40,
};

static struct repo *repo;

static void put(const char *key, const char *answer)
{
	struct buf k = BUF_INIT, a = BUF_INIT;

	buf_addstr(&k, key);
	buf_addstr(&a, answer);
	answers_put(&few, repo, &k, &a);
	buf_release(&k);
	buf_release(&a);
}

/* NULL: there is none. */
static const char *get(const char *key)
{
	static char text[100];
	struct buf k = BUF_INIT, a = BUF_INIT;
	bool found;

	buf_addstr(&k, key);
	found = answers_get(&a, &few, repo, &k);
	assert_true(a.n < sizeof(text));
	memcpy(text, a.p, a.n + 1);
	buf_release(&k);
	buf_release(&a);
	return found ? text : NULL;
}

static void begin(const char *name)
{
	enter_repo(name);
	assert_null(repo_open(&repo));
}

static void a_key_is_the_whole_key(void **state)
{
	(void)state;
	begin("whole");
	assert_null(get("one"));
	put("one", "first");
	put("on", "e-second");
	put("none", "");
	assert_string_equal(get("one"), "first");
	assert_string_equal(get("on"), "e-second");
	assert_string_equal(get("none"), "");
	assert_null(get("o"));
	assert_null(get("onefirst"));
	assert_null(get("ONE"));
	repo_close(repo);
}

static void a_long_one_is_not_kept(void **state)
{
	(void)state;
	begin("long");
	put("12345", "12345678901234567890123456789012345");
	assert_non_null(get("12345"));
	put("123456", "12345678901234567890123456789012345");
	assert_null(get("123456"));
	repo_close(repo);
}

static void a_full_file_begins_anew(void **state)
{
	char key[20];

	(void)state;
	begin("full");
	for (int i = 0; i < 50; i++) {
		snprintf(key, sizeof(key), "key %d", i);
		put(key, key);
		assert_string_equal(get(key), key);
	}
	assert_null(get("key 0"));
	sh("test $(wc -c <.git/retro/few) -lt 300");
	repo_close(repo);
}

/* Whole by its sum, and not what we write. */
static void a_crafted_one_is_none(void **state)
{
	static const uint32_t lengths[] = { 3, 4, UINT32_MAX };
	struct journal journal;

	(void)state;
	begin("crafted");
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		struct buf batch = BUF_INIT;

		buf_add(&batch, &lengths[i], sizeof(lengths[i]));
		buf_addstr(&batch, "on");
		cache_open(&journal, repo, few.name, few.title);
		journal_append(&journal, &batch);
		journal_close(&journal);
		buf_release(&batch);
	}
	assert_null(get("on"));
	assert_null(get("one"));
	put("one", "first");
	assert_string_equal(get("one"), "first");
	repo_close(repo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_the_whole_key),
		cmocka_unit_test(a_long_one_is_not_kept),
		cmocka_unit_test(a_full_file_begins_anew),
		cmocka_unit_test(a_crafted_one_is_none),
	};

	return cmocka_run_group_tests(tests, scratch_enter, scratch_leave);
}
