/* SPDX-License-Identifier: GPL-2.0-only */
/* The editor, the pager and a child's surroundings; proc_run() itself is in
 * test_file.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
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

/* What git calls local is what is cleared, also in a later git. */
static void gits_own_list_is_cleared(void **state)
{
	const char *list[] = { "git", "rev-parse", "--local-env-vars", NULL };
	const char *env[] = { "env", NULL };
	struct proc git = { .argv = list };
	struct proc child = { .argv = env, .clear_git_env = true };
	struct buf names = BUF_INIT, out = BUF_INIT;
	char *rest, *name;
	int status;

	(void)state;
	assert_null(proc_run(&git, &names, &status));
	assert_int_equal(status, 0);
	rest = names.p;
	while ((name = strsep(&rest, "\n")))
		if (*name)
			setenv(name, "must-go", 1);
	setenv("RETRO_KEPT", "kept", 1);
	assert_null(proc_run(&child, &out, &status));
	assert_null(strstr(out.p, "=must-go"));
	assert_non_null(strstr(out.p, "RETRO_KEPT=kept"));
	for (char **v = environ; *v;) {
		if (!strstr(*v, "=must-go")) {
			v++;
			continue;
		}
		unsetenv(arena_strndup(&arena, *v, strcspn(*v, "=")));
		v = environ;
	}
	buf_release(&names);
	buf_release(&out);
}

static void a_missing_folder_is_no_missing_program(void **state)
{
	const char *argv[] = { "true", NULL };
	struct proc p = { .argv = argv, .dir = "no/such/folder" };
	struct buf out = BUF_INIT;
	int status;

	(void)state;
	fails(proc_run(&p, &out, &status), ERR_FAILED, "no/such/folder");
	buf_release(&out);
}

static void halves_make_a_whole(void **state)
{
	const char *argv[] = { "sh", "-c", "cat; echo two >&2; exit 4", NULL };
	struct proc p = { .argv = argv, .quiet = true };
	char byte;
	int status;

	(void)state;
	assert_null(proc_start(&p));
	assert_int_equal(read(p.out_fd, &byte, 1), 0); /* stdin is empty */
	assert_null(proc_finish(&p, &status));
	assert_int_equal(status, 4);
	assert_int_equal(p.out_fd, -1);
}

/* Whether SIGPIPE still kills us after a child that did not read. */
static void sigpipe_is_given_back(void **state)
{
	const char *argv[] = { "true", NULL };
	size_t n = (size_t)1 << 20;
	struct proc p = { .argv = argv, .in = calloc(n, 1), .in_len = n };
	struct buf out = BUF_INIT;
	struct sigaction act;
	int status;

	(void)state;
	assert_null(proc_run(&p, &out, &status));
	assert_int_equal(sigaction(SIGPIPE, NULL, &act), 0);
	assert_true(act.sa_handler == SIG_DFL);
	free((void *)(uintptr_t)p.in);
	buf_release(&out);
}

static void the_editor_is_gits(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_null(file_write("a b", "", 0, 0644, 0, NULL));
	setenv("GIT_EDITOR",
	       "f() { printf 'by %s' \"$GIT_PREFIX\" >\"$1\"; }; f", 1);
	setenv("GIT_PREFIX", "nobody", 1);
	assert_null(proc_edit("a b"));
	assert_null(file_read(&b, "a b", 100));
	assert_string_equal(b.p, "by ");
	unsetenv("GIT_PREFIX");
	setenv("GIT_EDITOR", ":", 1);
	assert_null(proc_edit("a b"));
	setenv("GIT_EDITOR", "exit 7;", 1);
	fails(proc_edit("a b"), ERR_FAILED, "'exit 7;' exited with 7");
	unsetenv("GIT_EDITOR");
	buf_release(&b);
}

/* Runs `talk` on a terminal of its own; `out` gets what was shown. */
static int on_terminal(struct buf *out, void (*talk)(void))
{
	char bytes[256];
	int fd, status;
	pid_t pid;
	ssize_t n;

	fflush(stdout);
	pid = forkpty(&fd, NULL, NULL, NULL);
	assert_true(pid >= 0);
	if (!pid) {
		talk();
		fflush(stdout);
		_exit(0);
	}
	while ((n = read(fd, bytes, sizeof(bytes))) > 0 ||
	       (n < 0 && errno == EINTR))
		if (n > 0)
			buf_add(out, bytes, (size_t)n);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	close(fd);
	return status;
}

static void page(void)
{
	if (proc_pager("sed 's/^/P:/' # $LESS"))
		_exit(1);
	printf("out %s %s\n", getenv("GIT_PAGER_IN_USE"), getenv("LESS"));
	fflush(stdout);
	fprintf(stderr, "warned\n");
	proc_pager_wait();
	fprintf(stderr, "after\n");
	proc_pager_wait();
}

static void a_pager_takes_both_streams(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	unsetenv("LESS");
	assert_int_equal(on_terminal(&out, page), 0);
	assert_string_equal(out.p, "P:out true FRX\r\nP:warned\r\nafter\r\n");
	buf_release(&out);
}

static void page_to_none(void)
{
	if (proc_pager("no-such-pager-here") || proc_pager("cat") ||
	    proc_pager(""))
		_exit(1);
	printf("plain %d\n", getenv("GIT_PAGER_IN_USE") != NULL);
	fflush(stdout);
	proc_pager_wait();
}

static void a_missing_pager_is_left_out(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	assert_int_equal(on_terminal(&out, page_to_none), 0);
	assert_string_equal(out.p, "plain 0\r\n");
	buf_release(&out);
}

/* The pager lets go of the terminal, so that it closes with this process, and
 * says that it is done later than one that does not wait would be gone. */
static void page_and_be_interrupted(void)
{
	signal(SIGINT, SIG_DFL); /* a background job ignores it */
	if (proc_pager("trap '' INT HUP; exec >/dev/null 2>&1; cat; "
		       "sleep 0.3; echo done >paged"))
		_exit(1);
	raise(SIGINT);
	_exit(2);
}

static void a_signal_waits_for_the_pager(void **state)
{
	struct buf out = BUF_INIT;
	int status;

	(void)state;
	status = on_terminal(&out, page_and_be_interrupted);
	assert_int_equal(access("paged", F_OK), 0);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGINT);
	buf_release(&out);
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

/* A shell takes the last of two, and git may be a script. */
static void a_name_stands_once(void **state)
{
	const char *const argv[] = { "env", NULL };
	const char *const more[] = { "RETRO_TWICE=first", "RETRO_TWICE=second",
				     NULL };
	struct proc child = { .argv = argv, .env = more };
	struct buf out = BUF_INIT;
	const char *found;
	int status;

	(void)state;
	setenv("RETRO_TWICE", "theirs", 1);
	setenv("RETRO_TWICE_MORE", "kept", 1);
	assert_null(proc_run(&child, &out, &status));
	unsetenv("RETRO_TWICE");
	unsetenv("RETRO_TWICE_MORE");
	found = strstr(out.p, "RETRO_TWICE=");
	assert_non_null(found);
	assert_memory_equal(found, "RETRO_TWICE=first\n", 18);
	assert_null(strstr(found + 1, "RETRO_TWICE="));
	assert_non_null(strstr(out.p, "RETRO_TWICE_MORE=kept\n"));
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gits_own_list_is_cleared),
		cmocka_unit_test(a_name_stands_once),
		cmocka_unit_test(a_missing_folder_is_no_missing_program),
		cmocka_unit_test(halves_make_a_whole),
		cmocka_unit_test(sigpipe_is_given_back),
		cmocka_unit_test(the_editor_is_gits),
		cmocka_unit_test(a_pager_takes_both_streams),
		cmocka_unit_test(a_missing_pager_is_left_out),
		cmocka_unit_test(a_signal_waits_for_the_pager),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
