/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "git/dircache.h"
#include "scratch.h"

static struct arena arena;

/* As `git ls-files -s` prints what is a regular file and in no conflict; without
 * what is hidden. */
static const char *git_lists(const char *below)
{
	char command[200];

	snprintf(command, sizeof(command),
		 "git ls-files -s --full-name -- ':(top)%s' | sed -n "
		 "'s/^100[0-7]* \\([0-9a-f]*\\) 0.\\(.*\\)/\\1 \\2/p' | "
		 "grep -v '[ /][.]'",
		 below);
	return arena_strdup(&arena, output(command));
}

/* The same of ours; NULL if it cannot tell. */
static const char *we_list(const char *dir)
{
	struct tree_entries files = { 0 };
	struct repo *repo = NULL;
	struct buf b = BUF_INIT;
	const char *text;
	char hex[OID_HEX + 1];
	bool known;

	assert_null(repo_open(&repo));
	known = dircache_list(&files, &arena, repo, dir);
	for (size_t i = 0; i < files.nr; i++) {
		struct oid found;

		oid_hex(hex, &files.at[i].blob);
		buf_addf(&b, "%s%s %s", i ? "\n" : "", hex, files.at[i].path);
		assert_true(
			dircache_find(&found, &arena, repo, files.at[i].path));
		assert_true(oid_equal(&found, &files.at[i].blob));
	}
	text = known ? arena_strdup(&arena, b.p) : NULL;
	buf_release(&b);
	repo_close(repo);
	return text;
}

static void same_lists(void)
{
	const char *ours = we_list(""), *below = we_list("src");

	assert_non_null(ours);
	assert_string_equal(ours, git_lists(""));
	assert_true(strchr(ours, '\n'));
	assert_non_null(below);
	assert_string_equal(below, git_lists("src/"));
}

static void fill(void)
{
	sh("mkdir -p src/deep src-more && echo 1 >src/a.c && echo 2 "
	   ">src/deep/b.c\n"
	   "echo 3 >src-more/c && echo 4 >src.c && ln -s a.c src/link\n"
	   "long=$(printf 'x%%.0s' $(seq 200)) && echo 5 >src/$long\n"
	   "echo 6 >src/deep/$long.md && chmod +x src/a.c\n"
	   "mkdir .old src/.old && echo 7 >.new && echo 7 >.old/a.c\n"
	   "echo 7 >src/.new && echo 7 >src/.old/a.c && echo 7 >src/d.e\n"
	   "git add .\n"
	   "git update-index --add --cacheinfo "
	   "160000,$(git hash-object src/a.c),src/module");
	for (int i = 1; i < 9; i++)
		sh("echo %d >src/%.*s && git add src", i, i, "nnnnnnnnn");
}

static void it_lists_what_git_lists(void **state)
{
	(void)state;
	enter_repo("plain");
	fill();
	sh("test $(head -c 8 .git/index | tail -c 1 | od -An -t u1) = 2");
	same_lists();
	sh("git update-index --skip-worktree src.c\n"
	   "test $(head -c 8 .git/index | tail -c 1 | od -An -t u1) = 3");
	same_lists();
	sh("git update-index --index-version 4\n"
	   "test $(head -c 8 .git/index | tail -c 1 | od -An -t u1) = 4");
	same_lists();
	sh("git commit -q -m all && git status >../status");
	same_lists();
}

static void an_id_may_be_a_longer_one(void **state)
{
	(void)state;
	assert_int_equal(chdir(scratch), 0);
	sh("git init -q --object-format=sha256 long");
	assert_int_equal(chdir("long"), 0);
	fill();
	same_lists();
	sh("git update-index --index-version 4");
	same_lists();
}

static void a_file_in_a_conflict_is_left_out(void **state)
{
	(void)state;
	enter_repo("conflict");
	fill();
	sh("git commit -q -m all && git checkout -q -b one && echo x >src/a.c\n"
	   "git commit -q -a -m x && git checkout -q - && echo y >src/a.c\n"
	   "git commit -q -a -m y && ! git merge -q one >../merge 2>&1");
	same_lists();
	assert_null(strstr(we_list(""), "src/a.c"));
}

static void the_environment_may_name_another(void **state)
{
	(void)state;
	enter_repo("named");
	fill();
	sh("mv .git/index .git/other");
	assert_null(we_list(""));
	setenv("GIT_INDEX_FILE", ".git/other", 1);
	same_lists();
	assert_int_equal(chdir("src/deep"), 0);
	same_lists();
	unsetenv("GIT_INDEX_FILE");
}

/* Whether one that is in it, though not all it is, is found. */
static bool finds(const char *path)
{
	struct repo *repo = NULL;
	struct oid id;
	bool found;

	assert_null(repo_open(&repo));
	found = dircache_find(&id, &arena, repo, path);
	assert_true(found || oid_is_zero(&id));
	repo_close(repo);
	return found;
}

static void of_what_it_does_not_know_it_tells_nothing(void **state)
{
	(void)state;
	enter_repo("split");
	fill();
	sh("git update-index --split-index && echo 1 >src/z && git add src/z");
	assert_null(we_list(""));
	assert_true(finds("src/z"));
	assert_false(finds("src/a.c"));

	enter_repo("sparse");
	fill();
	sh("git commit -q -m all && "
	   "git sparse-checkout init --cone --sparse-index 2>../err\n"
	   "git ls-files --sparse | grep -x src/");
	assert_null(we_list(""));
	assert_false(finds("src/a.c"));

	enter_repo("intended");
	fill();
	sh("echo 1 >src/z && git add -N src/z");
	assert_null(we_list(""));
	assert_false(finds("src/z"));
	assert_false(finds("src/none"));
}

static void a_damaged_one_is_survived(void **state)
{
	const char *whole;
	long size;

	(void)state;
	enter_repo("damaged");
	fill();
	sh("git update-index --index-version 4 && cp .git/index ../whole");
	size = strtol(output("wc -c <../whole"), NULL, 10);
	whole = we_list("");
	assert_non_null(whole);
	for (long n = 0; n < size; n += 7) {
		const char *ours;

		sh("head -c %ld ../whole >.git/index", n);
		ours = we_list("");
		if (ours)
			assert_string_equal(ours, whole);
		sh("{ head -c %ld ../whole; printf '\\377\\377\\377'; "
		   "tail -c +%ld ../whole; } >.git/index",
		   n, n + 4);
		we_list("");
	}
}

static int leave(void **state)
{
	arena_release(&arena);
	return scratch_leave(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_lists_what_git_lists),
		cmocka_unit_test(an_id_may_be_a_longer_one),
		cmocka_unit_test(a_file_in_a_conflict_is_left_out),
		cmocka_unit_test(the_environment_may_name_another),
		cmocka_unit_test(of_what_it_does_not_know_it_tells_nothing),
		cmocka_unit_test(a_damaged_one_is_survived),
	};

	return cmocka_run_group_tests(tests, scratch_enter, leave);
}
