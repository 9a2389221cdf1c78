/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/proc.h"
#include "tmp.h"

static struct arena arena;

static bool any(const char *path, const char *patterns)
{
	struct strs list = { 0 };

	for (const char *s = patterns; *s; s += s[strcspn(s, "\n")] == '\n') {
		size_t n = strcspn(s, "\n");

		vec_push(&arena, &list, arena_strndup(&arena, s, n));
		s += n;
	}
	return glob_any(&list, path);
}

static void starts_as(const char *pattern, const char *expected)
{
	const char *start;
	size_t n = glob_start(&start, pattern);

	assert_int_equal(n, strlen(expected));
	assert_memory_equal(start, expected, n);
}

static void what_all_that_matches_begins_with(void **state)
{
	(void)state;
	starts_as("src/a/*.c", "src/a/");
	starts_as("/src", "src");
	starts_as("src/**", "src/");
	starts_as("src/a/", "src/a");
	starts_as("a/b[cd]", "a/b");
	starts_as("a/\\*", "a/");
	starts_as("src/", "");
	starts_as("*.c", "");
	starts_as("**/a/b", "");
	starts_as("", "");
}

static void what_gitignore_says(void **state)
{
	(void)state;
	assert_true(any("data/load.py", "*.py"));
	assert_true(any("data/load.py", "load.py"));
	assert_true(any("data/load.py", "data"));
	assert_true(any("data/load.py", "data/"));
	assert_true(any("data/load.py", "/data/*.py"));
	assert_true(any("data/a/load.py", "data/**/load.py"));
	assert_true(any("data/load.py", "data/**/load.py"));
	assert_true(any("data/a/b", "data/**"));
	assert_false(any("data/a/load.py", "/data/*.py"));
	assert_false(any("x/data/load.py", "data/load.py"));
	assert_false(any("data", "data/"));
	assert_true(any("data/", "data/"));
	assert_false(any("data", "data/**"));
	assert_false(any("data/load.py", "*.py\n!load.py"));
	assert_true(any("data/load.py", "!load.py\n*.py"));
	assert_true(any("data/load.py", "data\n!load.py"));
	assert_false(any("a", "#a"));
	assert_false(any("", "*"));
}

static void one_pattern_takes_nothing_back(void **state)
{
	(void)state;
	assert_true(glob_path("!a", "!a"));
	assert_true(glob_path("#a", "#a"));
	assert_true(glob_path("src", "src/a.c"));
	assert_true(glob_path("a.c", "src/a.c"));
	assert_false(glob_path("src/a", "src/a.c"));
	assert_false(glob_path("", "a"));
	assert_false(glob_path("/", "a"));
}

static void below_a_folder(void **state)
{
	(void)state;
	assert_true(glob_is_below("data/**", "data"));
	assert_true(glob_is_below("/data/a/*.py", "data/"));
	assert_true(glob_is_below("data/a.py", ""));
	assert_false(glob_is_below("data", "data"));
	assert_false(glob_is_below("database/a", "data"));
	assert_false(glob_is_below("*/a", "data"));
	assert_false(glob_is_below("**", "a/b"));
}

/* Trying every way to share a path among stars would take years. */
static void hostile_patterns_end(void **state)
{
	struct buf pattern = BUF_INIT, path = BUF_INIT;

	(void)state;
	for (int i = 0; i < 500; i++) {
		buf_addstr(&pattern, "**/*a*a/");
		buf_addstr(&path, "aaaaaaaa/");
	}
	buf_addch(&pattern, 'b');
	assert_false(glob_path(pattern.p, path.p));
	buf_fill(&pattern, '*', 5000);
	assert_false(glob_path(pattern.p, "a"));
	buf_reset(&pattern);
	buf_fill(&pattern, '*', 4096);
	assert_true(glob_path(pattern.p, "a"));
	buf_release(&pattern);
	buf_release(&path);
}

/* Each in memory of just its size: what reads on behind its end is seen by the
 * sanitizers, and mostly crashes without. */
static void patterns_that_end_too_early(void **state)
{
	static const char *const patterns[] = {
		"[",   "a[",   "[!",  "[^",        "[a",    "[a-", "[]",
		"[[:", "[[:a", "[\\", "[[:alpha:", "[a-\\", "\\",  "*[",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++) {
		char *pattern = strdup(patterns[i]), *path = strdup("a");

		assert_false(glob_path(pattern, path));
		assert_false(glob_name(pattern, path));
		free(path);
		path = strdup("!");
		assert_false(glob_path(pattern, path));
		free(path);
		free(pattern);
	}
}

/* --- against git itself --- */

#define ROUNDS 150
#define PATHS  40

static uint32_t seed = 1;

static const char *pick(const char *const *from, size_t nr)
{
	seed = seed * 1664525 + 1013904223;
	return from[(seed >> 8) % nr];
}

static void add_pattern(struct buf *out)
{
	static const char *const starts[] = {
		"", "", "", "!", "/", "#", "\\!"
	};
	static const char *const parts[] = {
		"a",   "b",     "foo",         "*",      "**",   "?",     "/",
		"/",   "[ab]",  "[!a]",        "[^a-c]", "[a-",  "[]a]",  "\\*",
		"\\",  ".",     "[[:up:]]a",   "[[:a]",  "***",  "é",     "-",
		"\\ ", "[\\]]", "[[:alpha:]]", "[b-a]",  "/**/", "[--0]", "[a",
	};
	static const char *const ends[] = { "", "", "/", " " };
	size_t nr = 1 + (seed >> 16) % 5;

	buf_addstr(out, pick(starts, ARRAY_SIZE(starts)));
	while (nr--)
		buf_addstr(out, pick(parts, ARRAY_SIZE(parts)));
	buf_addf(out, "%s\n", pick(ends, ARRAY_SIZE(ends)));
}

/* Each ends with NUL. */
static void add_paths(struct buf *out)
{
	static const char *const names[] = { "a",   "b",   "ab", "foo", "x.c",
					     "a-b", "[",   "!a", "#a",  "B",
					     "é",   "a b", "a]", "\\",  "-" };

	for (int i = 0; i < PATHS; i++) {
		buf_addstr(out, pick(names, ARRAY_SIZE(names)));
		while (seed >> 30)
			buf_addf(out, "/%s", pick(names, ARRAY_SIZE(names)));
		buf_addch(out, '\0');
	}
}

static void ok(struct err *e)
{
	if (e)
		print_error("%s\n", e->text);
	assert_null(e);
}

static void git(struct buf *out, const char *dir, const char *const *argv,
		const struct buf *in)
{
	struct proc proc = {
		.argv = argv,
		.dir = dir,
		.clear_git_env = true,
		.in = in ? in->p : NULL,
		.in_len = in ? in->n : 0,
	};
	int status;

	ok(proc_run(&proc, out, &status));
	assert_true(status <= 1);
}

/* Four fields a path: file, line, pattern, path; three empty ones say that
 * no pattern matched. */
static void compare(const struct buf *answer, const char *patterns)
{
	const char *at = answer->p, *field[4];
	size_t nr = 0;

	while (at < answer->p + answer->n) {
		for (int i = 0; i < 4; i++) {
			field[i] = at;
			at += strlen(at) + 1;
		}
		if (any(field[3], patterns) != (*field[2] && *field[2] != '!'))
			fail_msg("'%s' and the patterns\n%s", field[3],
				 patterns);
		nr++;
	}
	assert_int_equal(nr, PATHS);
}

static void what_git_says(void **state)
{
	static const char *const init[] = { "git", "init", "-q", ".", NULL };
	static const char *const ask[] = { "git",
					   "-c",
					   "core.ignoreCase=false",
					   "check-ignore",
					   "--no-index",
					   "-v",
					   "-n",
					   "-z",
					   "--stdin",
					   NULL };
	char *dir = tmp_dir();
	const char *const clean[] = { "rm", "-rf", dir, NULL };
	struct buf patterns = BUF_INIT, paths = BUF_INIT, answer = BUF_INIT;
	const char *exclude;

	(void)state;
	assert_non_null(dir);
	git(&answer, dir, init, NULL);
	exclude = path_join(&arena, dir, ".git/info/exclude");
	for (int i = 0; i < ROUNDS; i++) {
		buf_reset(&patterns);
		buf_reset(&paths);
		buf_reset(&answer);
		for (int j = 0; j <= i % 3; j++)
			add_pattern(&patterns);
		add_paths(&paths);
		ok(file_write(exclude, patterns.p, patterns.n, 0666, 0, NULL));
		git(&answer, dir, ask, &paths);
		compare(&answer, patterns.p);
	}
	git(&answer, NULL, clean, NULL);
	free(dir);
	buf_release(&patterns);
	buf_release(&paths);
	buf_release(&answer);
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_gitignore_says),
		cmocka_unit_test(what_all_that_matches_begins_with),
		cmocka_unit_test(one_pattern_takes_nothing_back),
		cmocka_unit_test(below_a_folder),
		cmocka_unit_test(hostile_patterns_end),
		cmocka_unit_test(patterns_that_end_too_early),
		cmocka_unit_test(what_git_says),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
