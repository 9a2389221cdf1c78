/* SPDX-License-Identifier: GPL-2.0-only */
/* The hooks' table: what it says, and that it is never believed when it is
 * old or damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "front/table.h"
#include "tmp.h"

static const char *const tags[] = { "v[0-9]*", "client/*", NULL };
static const char *const ignore[] = { "*-rc*", NULL };
static const char *const branches[] = { "release/*", NULL };
static const char *const files[] = { "policy", "missing", NULL };
static const struct table_content content = {
	.tags = tags,
	.ignore = ignore,
	.branches = branches,
	.files = files,
	.on_tag = true,
	.on_push = true,
	.quiet = true,
};

/* Changed so many nanoseconds after a moment long ago. */
static void date(const char *path, long after)
{
	const struct timespec times[2] = { { 1767607200, after },
					   { 1767607200, after } };

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* Dated back, as a file is that nobody has just changed. */
static void settle(const char *path)
{
	date(path, 5);
}

static void put(const char *path, const char *text)
{
	struct err *e = file_write(path, text, strlen(text), 0666, 0, NULL);

	assert_null(e);
	settle(path);
}

/* A scratch folder that looks like a git folder, and is the current one. */
static int set_up(void **state)
{
	char *dir = tmp_dir();

	assert_non_null(dir);
	*state = dir;
	assert_int_equal(chdir(dir), 0);
	unsetenv("GIT_CONFIG_PARAMETERS");
	unsetenv("GIT_CONFIG_COUNT");
	setenv("HOME", dir, 1);
	put("policy", "dir: retros\n");
	put("packed-refs", "# pack-refs with: peeled fully-peeled sorted \n");
	assert_int_equal(mkdir("refs", 0777), 0);
	assert_int_equal(mkdir("refs/tags", 0777), 0);
	assert_int_equal(mkdir("refs/tags/client", 0777), 0);
	settle("refs/tags/client");
	settle("refs/tags");
	table_write(".", ".", &content);
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static int tear_down(void **state)
{
	char *dir = *state;
	int failed =
		chdir("/") || nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);

	free(dir);
	return failed;
}

static bool is_loaded(void)
{
	struct table *table = table_load(".");
	bool loaded = table != NULL;

	table_free(table);
	return loaded;
}

static bool is_quiet(void)
{
	struct table *table = table_load(".");
	bool quiet = table && table_tags_unchanged(table, ".");

	table_free(table);
	return quiet;
}

static void says_what_was_written(void **state)
{
	struct table *table = table_load(".");

	(void)state;
	assert_non_null(table);
	assert_true(table_on_tag(table));
	assert_true(table_on_push(table));
	assert_true(table_is_release(table, "v1.0"));
	assert_true(table_is_release(table, "client/v1.0"));
	assert_false(table_is_release(table, "v1.0-rc1"));
	assert_false(table_is_release(table, "nightly"));
	assert_true(table_tags_unchanged(table, "."));
	table_free(table);
}

static void off_is_off(void **state)
{
	struct table_content off = content;
	struct table *table;

	(void)state;
	off.on_tag = off.on_push = off.quiet = false;
	table_write(".", ".", &off);
	table = table_load(".");
	assert_non_null(table);
	assert_false(table_on_tag(table));
	assert_false(table_on_push(table));
	assert_false(table_tags_unchanged(table, "."));
	table_free(table);
}

static void a_changed_file_makes_it_stale(void **state)
{
	(void)state;
	assert_true(is_loaded());
	put("policy", "dir: retros2\n"); /* same time, another size */
	assert_false(is_loaded());
	table_write(".", ".", &content);
	assert_true(is_loaded());
	put("missing", "");
	assert_false(is_loaded());
	table_write(".", ".", &content);
	assert_true(is_loaded());
	unlink("missing");
	assert_false(is_loaded());
}

static void a_file_of_this_moment_is_not_trusted(void **state)
{
	(void)state;
	put("policy", "x");
	table_write(".", ".", &content);
	date("retro/hooks-table", 10000000); /* 10 ms later */
	assert_false(is_loaded());
	date("retro/hooks-table", 50000000);
	assert_true(is_loaded());
}

static void another_environment_makes_it_stale(void **state)
{
	(void)state;
	setenv("HOME", "/elsewhere", 1);
	assert_false(is_loaded());
	setenv("HOME", *state, 1);
	assert_true(is_loaded());
	setenv("GIT_CONFIG_GLOBAL", "/elsewhere", 1);
	assert_false(is_loaded());
	unsetenv("GIT_CONFIG_GLOBAL");
	assert_true(is_loaded());
}

static void config_on_the_command_line_is_not_kept(void **state)
{
	(void)state;
	setenv("GIT_CONFIG_PARAMETERS", "'retro.ontag'='off'", 1);
	assert_false(is_loaded());
	unlink("retro/hooks-table");
	table_write(".", ".", &content);
	unsetenv("GIT_CONFIG_PARAMETERS");
	assert_int_not_equal(access("retro/hooks-table", F_OK), 0);
}

static void new_tags_are_noticed(void **state)
{
	(void)state;
	assert_true(is_quiet());
	put("refs/tags/v1", "x");
	assert_false(is_quiet());
	settle("refs/tags");
	table_write(".", ".", &content);
	assert_true(is_quiet());
	put("refs/tags/client/v1", "x");
	assert_false(is_quiet());
	settle("refs/tags/client");
	table_write(".", ".", &content);
	assert_true(is_quiet());
	put("packed-refs", "# other\n");
	assert_false(is_quiet());
	assert_true(is_loaded());
}

static void damage_is_staleness(void **state)
{
	struct buf whole = BUF_INIT;

	(void)state;
	assert_null(file_read(&whole, "retro/hooks-table", FILE_MAX));
	for (size_t n = 0; n < whole.n; n++) {
		assert_null(file_write("retro/hooks-table", whole.p, n, 0666, 0,
				       NULL));
		assert_false(is_loaded());
	}
	for (size_t i = 0; i < whole.n; i++) {
		char was = whole.p[i];

		whole.p[i] = '\0';
		assert_null(file_write("retro/hooks-table", whole.p, whole.n,
				       0666, 0, NULL));
		assert_false(is_loaded());
		whole.p[i] = was;
	}
	buf_fill(&whole, 'x', 70000);
	assert_null(file_write("retro/hooks-table", whole.p, whole.n, 0666, 0,
			       NULL));
	assert_false(is_loaded());
	buf_release(&whole);
	unlink("retro/hooks-table");
	assert_int_equal(mkdir("retro/hooks-table", 0777), 0);
	assert_false(is_loaded());
	rmdir("retro/hooks-table");
}

static void what_no_line_can_say_is_not_written(void **state)
{
	static const char *const odd[] = { "v1\non-tag", NULL };
	struct table_content bad = content;

	(void)state;
	bad.tags = odd;
	unlink("retro/hooks-table");
	table_write(".", ".", &bad);
	assert_int_not_equal(access("retro/hooks-table", F_OK), 0);
}

static void too_many_folders_of_tags_are_not_watched(void **state)
{
	(void)state;
	for (int i = 0; i < 300; i++) {
		char *path = NULL;

		assert_true(asprintf(&path, "refs/tags/%d", i) > 0);
		assert_int_equal(mkdir(path, 0777), 0);
		free(path);
	}
	settle("refs/tags");
	table_write(".", ".", &content);
	assert_true(is_loaded());
	assert_false(is_quiet());
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(says_what_was_written),
		CASE(off_is_off),
		CASE(a_changed_file_makes_it_stale),
		CASE(a_file_of_this_moment_is_not_trusted),
		CASE(another_environment_makes_it_stale),
		CASE(config_on_the_command_line_is_not_kept),
		CASE(new_tags_are_noticed),
		CASE(damage_is_staleness),
		CASE(what_no_line_can_say_is_not_written),
		CASE(too_many_folders_of_tags_are_not_watched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
