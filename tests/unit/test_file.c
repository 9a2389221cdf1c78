/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/opener.h"
#include "base/proc.h"
#include "tmp.h"

static struct arena arena;
static char *dir;

static void fails(struct err *e, enum err_code code, const char *text)
{
	assert_non_null(e);
	assert_int_equal(e->code, code);
	assert_non_null(strstr(e->text, text));
	err_free(e);
}

static void holds(const char *path, const char *want)
{
	struct buf b = BUF_INIT;

	assert_null(file_read(&b, path, FILE_MAX));
	assert_string_equal(b.p, want);
	buf_release(&b);
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void a_write_replaces_and_keeps_the_mode(void **state)
{
	(void)state;
	assert_null(file_write("a", "one", 3, 0644, 0, NULL));
	holds("a", "one");
	assert_int_equal(chmod("a", 0600), 0);
	assert_null(file_write("a", "two", 3, 0644, 0, NULL));
	holds("a", "two");
	assert_int_equal(mode_of("a"), 0600);
	fails(file_write("a", "no", 2, 0644, FILE_NEW, NULL), ERR_EXISTS,
	      "'a'");
	holds("a", "two");
	assert_null(file_write("x", "x", 1, 0755, FILE_NEW, NULL));
	assert_true(file_is_executable("x"));
}

static void nothing_goes_through_a_link(void **state)
{
	struct buf b = BUF_INIT;
	enum file_kind kind;

	(void)state;
	assert_int_equal(mkdir("folder", 0755), 0);
	assert_null(file_write("folder/target", "old", 3, 0644, 0, NULL));
	assert_int_equal(symlink("folder/target", "link"), 0);
	assert_int_equal(symlink("folder", "way"), 0);
	assert_int_equal(symlink("gone", "dangling"), 0);
	for (size_t i = 0; i < 3; i++) {
		static const char *const names[] = { "link", "way/target",
						     "dangling" };

		fails(file_write(names[i], "x", 1, 0644, 0, NULL),
		      ERR_UNSUPPORTED, "symbolic link");
		fails(file_read(&b, names[i], FILE_MAX), ERR_UNSUPPORTED,
		      "symbolic link");
	}
	fails(file_make_parents("way/new/x"), ERR_UNSUPPORTED, "symbolic");
	fails(file_look(&kind, "way/target"), ERR_UNSUPPORTED, "symbolic");
	assert_null(file_look(&kind, "link"));
	assert_int_equal(kind, FILE_LINK);
	holds("folder/target", "old");
	assert_int_not_equal(access("gone", F_OK), 0);
	assert_int_equal(b.n, 0);
	/* what git or the person has named is read */
	assert_null(file_read_named(&b, "way/target", FILE_MAX));
	assert_string_equal(b.p, "old");
	buf_release(&b);
}

static void ours_have_one_name(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_null(file_write("own", "old", 3, 0644, 0, NULL));
	assert_null(file_read_own(&b, "own", FILE_MAX));
	assert_int_equal(link("own", "second"), 0);
	fails(file_read_own(&b, "own", FILE_MAX), ERR_UNSUPPORTED, "second");
	/* and one that is written anew leaves the other as it was */
	assert_null(file_write("own", "new", 3, 0644, FILE_OVER, NULL));
	holds("second", "old");
	holds("own", "new");
	assert_int_equal(symlink("second", "linked"), 0);
	assert_null(file_write("linked", "new", 3, 0600, FILE_OVER, NULL));
	holds("second", "old");
	holds("linked", "new");
	assert_int_equal(mode_of("linked"), 0600);
	buf_release(&b);
}

static void a_write_replaces_only_a_regular_file(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(mkfifo("pipe", 0644), 0);
	fails(file_write("pipe", "x", 1, 0644, 0, NULL), ERR_UNSUPPORTED,
	      "regular");
	assert_int_equal(lstat("pipe", &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
}

/* What a killed process left is taken away, what a living one writes is not. */
static void what_is_left_behind_goes(void **state)
{
	const struct timespec old[2] = { { 1, 0 }, { 1, 0 } };
	char held[OPENER_TEMP], left[OPENER_TEMP];
	int folder, one, two;

	(void)state;
	assert_null(file_make_parents("stage/x"));
	folder = opener_folder("stage");
	one = opener_temp(held, folder, 0600);
	two = opener_temp(left, folder, 0600);
	assert_true(one >= 0 && two >= 0);
	assert_int_equal(flock(one, LOCK_EX), 0);
	futimens(one, old);
	futimens(two, old);
	close(two);
	assert_null(file_write("staged", "x", 1, 0644, 0, "stage"));
	assert_int_equal(faccessat(folder, held, F_OK, 0), 0);
	assert_int_not_equal(faccessat(folder, left, F_OK, 0), 0);
	holds("staged", "x");
	close(one);
	close(folder);
}

static void the_longest_name_is_written(void **state)
{
	char *name = malloc(256);

	(void)state;
	memset(name, 'n', 255);
	name[255] = '\0';
	assert_null(file_write(name, "one", 3, 0644, FILE_NEW, NULL));
	assert_null(file_write(name, "two", 3, 0644, 0, NULL));
	holds(name, "two");
	free(name);
}

static void a_file_is_no_folder(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_null(file_write("file", "x", 1, 0644, 0, NULL));
	fails(file_make_parents("file/x"), ERR_EXISTS, "'file'");
	fails(file_read(&b, "file/x", 10), ERR_NOT_FOUND, "file/x");
	buf_release(&b);
}

static void a_failed_write_leaves_nothing(void **state)
{
	struct strs names = { 0 };

	(void)state;
	assert_int_equal(mkdir("full", 0755), 0);
	fails(file_write("full/none/x", "x", 1, 0644, 0, NULL), ERR_NOT_FOUND,
	      "full/none/x");
	assert_int_equal(mkdir("full/taken", 0755), 0);
	fails(file_write("full/taken", "x", 1, 0644, FILE_NEW, NULL),
	      ERR_EXISTS, "full/taken");
	assert_null(file_list(&names, &arena, "full"));
	assert_int_equal(names.nr, 0);
	assert_int_equal(rmdir("full/taken"), 0);
	assert_int_equal(rmdir("full"), 0); /* no temporary file either */
}

static void only_regular_files_are_read(void **state)
{
	const struct sockaddr_un address = { AF_UNIX, "socket" };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct buf b = BUF_INIT;

	(void)state;
	assert_int_equal(mkfifo("fifo", 0644), 0);
	fails(file_read(&b, "fifo", 10), ERR_UNSUPPORTED, "regular");
	fails(file_read(&b, "/dev/zero", 10), ERR_UNSUPPORTED, "regular");
	fails(file_read(&b, "missing", 10), ERR_NOT_FOUND, "missing");
	fails(file_read(&b, ".", 10), ERR_UNSUPPORTED, "regular");
	assert_int_equal(
		bind(fd, (const struct sockaddr *)&address, sizeof(address)),
		0);
	fails(file_read(&b, "socket", 10), ERR_UNSUPPORTED, "regular");
	close(fd);
	assert_null(file_write("big", "12345678901", 11, 0644, 0, NULL));
	fails(file_read(&b, "big", 10), ERR_UNSUPPORTED, "than 10 bytes");
	assert_int_equal(b.n, 0);
	assert_null(file_read(&b, "big", 11));
	assert_int_equal(b.n, 11);
	buf_release(&b);
}

static void a_list_is_sorted_and_leaves_dots_out(void **state)
{
	struct strs names = { 0 };

	(void)state;
	assert_null(file_make_parents("l/sub/deep/x"));
	assert_null(file_make_parents("l/.hidden/x"));
	assert_null(file_write("l/b.md", "", 0, 0644, 0, NULL));
	assert_null(file_write("l/a.md", "", 0, 0644, 0, NULL));
	assert_null(file_write("l/.dot", "", 0, 0644, 0, NULL));
	assert_null(file_write("l/.hidden/x", "", 0, 0644, 0, NULL));
	assert_null(file_write("l/sub/deep/x", "", 0, 0644, 0, NULL));
	assert_int_equal(symlink("..", "l/sub/loop"), 0);
	assert_int_equal(symlink("../a.md", "l/sub/linked"), 0);
	assert_null(file_list(&names, &arena, "l"));
	assert_int_equal(names.nr, 5);
	assert_string_equal(names.at[0], "a.md");
	assert_string_equal(names.at[2], "sub/deep/x");
	assert_string_equal(names.at[3], "sub/linked");
	assert_string_equal(names.at[4], "sub/loop"); /* not followed */
	names.nr = 0;
	assert_null(file_list(&names, &arena, "nowhere"));
	assert_int_equal(names.nr, 0);
}

/* Many processes add one to a number in a file; a lost update shows. */
static void a_lock_excludes(void **state)
{
	(void)state;
	assert_null(file_write("count", "0", 1, 0644, 0, NULL));
	for (int i = 0; i < 8; i++) {
		if (fork())
			continue;
		for (int j = 0; j < 25; j++) {
			struct file_lock lock = { 0 };
			struct buf b = BUF_INIT;
			char text[16];
			int n;

			if (file_lock(&lock, "count", 60000) ||
			    file_read(&b, "count", 100))
				_exit(1);
			n = snprintf(text, sizeof(text), "%d",
				     (int)strtol(b.p, NULL, 10) + 1);
			if (file_write("count", text, (size_t)n, 0644, 0, NULL))
				_exit(1);
			file_unlock(&lock);
			buf_release(&b);
		}
		_exit(0);
	}
	for (int i = 0; i < 8; i++) {
		int status;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	holds("count", "200");
	assert_int_not_equal(access("count.lock", F_OK), 0);
}

static void a_held_lock_is_named_and_dies_with_its_holder(void **state)
{
	struct file_lock mine = { 0 }, other = { 0 };
	int ends[2];
	pid_t child;
	char byte;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (!child) {
		struct file_lock lock = { 0 };

		if (!file_lock(&lock, "held", 1000) &&
		    write(ends[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	assert_int_equal(read(ends[0], &byte, 1), 1);
	fails(file_lock(&mine, "held", 20), ERR_FAILED, "another");
	kill(child, 9);
	waitpid(child, NULL, 0);
	assert_null(file_lock(&mine, "held", 20));
	fails(file_lock(&other, "held", 0), ERR_FAILED, "another");
	file_unlock(&mine);
	file_unlock(&mine);
	close(ends[0]);
	close(ends[1]);
}

/* A repository can bring a link of that name along. */
static void a_lock_follows_no_link(void **state)
{
	struct file_lock lock = { 0 };

	(void)state;
	assert_int_equal(symlink("elsewhere", "trap.lock"), 0);
	fails(file_lock(&lock, "trap", 0), ERR_UNSUPPORTED, "trap");
	assert_int_not_equal(access("elsewhere", F_OK), 0);
	assert_null(lock.path);
}

static void a_child_runs(void **state)
{
	const char *cat[] = { "cat", NULL };
	const char *fail[] = { "sh", "-c", "echo out; exit 3", NULL };
	const char *killed[] = { "sh", "-c", "kill -9 $$", NULL };
	const char *none[] = { "no-such-program-here", NULL };
	const char *deaf[] = { "true", NULL };
	struct proc p = { .argv = cat };
	struct buf out = BUF_INIT;
	size_t n = 1 << 20;
	char *big = malloc(n);
	int status = -1;

	(void)state;
	memset(big, 'x', n);
	p.in = big;
	p.in_len = n;
	assert_null(proc_run(&p, &out, &status));
	assert_int_equal(status, 0);
	assert_int_equal(out.n, n);
	p = (struct proc){ .argv = deaf, .in = big, .in_len = n };
	assert_null(proc_run(&p, &out, &status));
	assert_int_equal(status, 0);
	free(big);
	buf_reset(&out);
	p = (struct proc){ .argv = fail };
	assert_null(proc_run(&p, &out, &status));
	assert_int_equal(status, 3);
	assert_string_equal(out.p, "out\n");
	p = (struct proc){ .argv = killed };
	assert_null(proc_run(&p, &out, &status));
	assert_int_equal(status, 128 + 9);
	p = (struct proc){ .argv = none };
	fails(proc_run(&p, &out, &status), ERR_NOT_FOUND, "no-such-program");
	buf_release(&out);
}

static void a_child_forgets_the_repository(void **state)
{
	const char *env[] = { "env", NULL };
	struct proc p = { .argv = env, .clear_git_env = true, .dir = "/" };
	struct buf out = BUF_INIT;
	int status;

	(void)state;
	setenv("GIT_DIR", "/nowhere", 1);
	setenv("GIT_DIR_NOT", "kept", 1);
	assert_null(proc_run(&p, &out, &status));
	assert_null(strstr(out.p, "GIT_DIR=/nowhere"));
	assert_non_null(strstr(out.p, "GIT_DIR_NOT=kept"));
	unsetenv("GIT_DIR");
	buf_release(&out);
}

static void paths_are_text(void **state)
{
	(void)state;
	assert_string_equal(path_normal(&arena, "./a//b/../c/."), "a/c");
	assert_string_equal(path_normal(&arena, "../../x/.."), "../..");
	assert_string_equal(path_normal(&arena, "/../a/./b/"), "/a/b");
	assert_string_equal(path_normal(&arena, "a/.."), "");
	assert_string_equal(path_normal(&arena, "/a/.."), "/");
	assert_string_equal(path_relative(&arena, "", "a/b"), "a/b");
	assert_string_equal(path_relative(&arena, "a", "a/b"), "b");
	assert_string_equal(path_relative(&arena, "a/b", "c/d"), "../../c/d");
	assert_string_equal(path_relative(&arena, "ab", "a/b"), "../a/b");
	assert_string_equal(path_relative(&arena, "a/x", "a/b"), "../b");
	assert_true(path_is_inside("/a/b", "/a") && path_is_inside("/a", "/a"));
	assert_true(path_is_inside("/a", "/"));
	assert_false(path_is_inside("/ab", "/a"));
	assert_false(path_is_inside("ab", "a"));
	assert_string_equal(path_join(&arena, "a", "b"), "a/b");
	assert_string_equal(path_join(&arena, "a/", "/b"), "/b");
	assert_string_equal(path_join(&arena, "a/", "b"), "a/b");
	assert_string_equal(path_join(&arena, "/", "b"), "/b");
	assert_string_equal(path_join(&arena, "", "b"), "b");
	assert_true(path_is_inside("/a/b", "/a"));
	assert_true(path_is_inside("/a", "/a"));
	assert_true(path_is_inside("/a", "/"));
	assert_false(path_is_inside("/ab", "/a"));
	assert_false(path_is_inside("/", "/a"));
}

static int enter(void **state)
{
	(void)state;
	dir = tmp_dir();
	return !dir || chdir(dir);
}

static int leave(void **state)
{
	const char *argv[] = { "rm", "-rf", dir, NULL };
	struct proc rm = { .argv = argv, .dir = "/" };
	struct buf out = BUF_INIT;
	int status;

	(void)state;
	err_free(proc_run(&rm, &out, &status));
	buf_release(&out);
	free(dir);
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_write_replaces_and_keeps_the_mode),
		cmocka_unit_test(nothing_goes_through_a_link),
		cmocka_unit_test(ours_have_one_name),
		cmocka_unit_test(what_is_left_behind_goes),
		cmocka_unit_test(a_write_replaces_only_a_regular_file),
		cmocka_unit_test(the_longest_name_is_written),
		cmocka_unit_test(a_file_is_no_folder),
		cmocka_unit_test(a_failed_write_leaves_nothing),
		cmocka_unit_test(only_regular_files_are_read),
		cmocka_unit_test(a_list_is_sorted_and_leaves_dots_out),
		cmocka_unit_test(a_lock_excludes),
		cmocka_unit_test(a_held_lock_is_named_and_dies_with_its_holder),
		cmocka_unit_test(paths_are_text),
		cmocka_unit_test(a_lock_follows_no_link),
		cmocka_unit_test(a_child_runs),
		cmocka_unit_test(a_child_forgets_the_repository),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
