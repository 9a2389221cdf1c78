/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/opener.h"

/* A command without any of these is started without a shell, as git does it,
 * so that one that does not exist is noticed. */
#define SHELL_CHARACTERS "|&;<>()$`\\\"' \t\n*?[#~=%"

extern char **environ;

/* `git rev-parse --local-env-vars`: what binds a process to one repository. */
static const char *const local_env[] = {
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_CONFIG",
	"GIT_CONFIG_PARAMETERS",
	"GIT_CONFIG_COUNT",
	"GIT_OBJECT_DIRECTORY",
	"GIT_DIR",
	"GIT_WORK_TREE",
	"GIT_IMPLICIT_WORK_TREE",
	"GIT_GRAFT_FILE",
	"GIT_INDEX_FILE",
	"GIT_NO_REPLACE_OBJECTS",
	"GIT_REPLACE_REF_BASE",
	"GIT_PREFIX",
	"GIT_SHALLOW_FILE",
	"GIT_COMMON_DIR",
	"GIT_INTERNAL_SUPER_PREFIX",
	"GIT_QUARANTINE_PATH",
};

static bool is_local(const char *variable)
{
	for (size_t i = 0; i < ARRAY_SIZE(local_env); i++) {
		size_t n = strlen(local_env[i]);

		if (!strncmp(variable, local_env[i], n) && variable[n] == '=')
			return true;
	}
	return false;
}

/* Whether one of that name is there. */
static bool has_variable(char *const *env, size_t nr, const char *variable)
{
	size_t n = strcspn(variable, "=");

	for (size_t i = 0; i < nr; i++)
		if (!strncmp(env[i], variable, n) && env[i][n] == '=')
			return true;
	return false;
}

/* The environment for a child; the array is freed by the caller. Of two of one
 * name git finds the first and a shell the last, and git may be a script: each
 * stands there once. */
static char **child_env(bool clear, const char *const *more)
{
	size_t n = 0, kept = 0, first = 0, ours;
	char **env;

	while (environ[n])
		n++;
	while (more && more[first])
		first++;
	env = mem_calloc(first + n + 1, sizeof(*env));
	for (size_t i = 0; i < first; i++)
		if (!has_variable(env, kept, more[i]))
			env[kept++] = (char *)more[i];
	ours = kept;
	for (size_t i = 0; i < n; i++)
		if (!(clear && is_local(environ[i])) &&
		    !has_variable(env, ours, environ[i]))
			env[kept++] = environ[i];
	return env;
}

/* What the child's stdin, stdout and stderr become; -1: ours. */
struct streams {
	int in, out, err;
};

static void redirect(posix_spawn_file_actions_t *actions, int from, int to)
{
	if (from >= 0)
		posix_spawn_file_actions_adddup2(actions, from, to);
}

static struct err *spawn(struct proc *p, const struct streams *streams,
			 short flags)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults;
	char **env = child_env(p->clear_git_env, p->env);
	int failure;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGINT);
	sigaddset(&defaults, SIGQUIT);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | flags);
	redirect(&actions, streams->in, 0);
	redirect(&actions, streams->out, 1);
	redirect(&actions, streams->err, 2);
	if (p->dir)
		posix_spawn_file_actions_addchdir_np(&actions, p->dir);
	failure = posix_spawnp(&p->pid, p->argv[0], &actions, &attributes,
			       (char *const *)p->argv, env);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	free(env);
	if (!failure)
		return NULL;
	p->pid = 0;
	if (failure == ENOENT && p->dir && !opener_is_named(p->dir))
		return err_new(ERR_FAILED,
			       _("cannot run '%s' in '%s': no such folder"),
			       p->argv[0], p->dir);
	errno = failure;
	return err_errno(_("cannot run '%s'"), p->argv[0]);
}

struct err *proc_finish(struct proc *p, int *status)
{
	int raw;

	if (p->out_fd >= 0)
		close(p->out_fd);
	p->out_fd = -1;
	while (waitpid(p->pid, &raw, 0) < 0)
		if (errno != EINTR)
			return err_errno(_("cannot wait for '%s'"), p->argv[0]);
	if (p->failure) {
		errno = p->failure;
		return err_errno(_("cannot read the output of '%s'"),
				 p->argv[0]);
	}
	*status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
	return NULL;
}

/* Both ends, closed on exec. */
static struct err *make_pipe(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC))
		return err_errno(_("cannot create a pipe"));
	return NULL;
}

static void close_proc_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* Starts with a pipe for stdout and, if `in_fd` is not NULL, one for stdin. */
static struct err *start_process(struct proc *p, int *in_fd)
{
	int out[2] = { -1, -1 }, in[2] = { -1, -1 };
	struct streams streams = { -1, -1, -1 };
	struct err *e = make_pipe(out);
	int null = opener_open(AT_FDCWD, "/dev/null", O_RDWR, 0);

	if (!e && in_fd)
		e = make_pipe(in);
	streams.in = in_fd ? in[0] : p->in_fd ? p->in_fd : null;
	streams.out = out[1];
	streams.err = p->quiet ? null : p->err_fd ? p->err_fd : -1;
	if (!e)
		e = spawn(p, &streams, 0);
	close_proc_fd(null);
	close_proc_fd(out[1]);
	close_proc_fd(in[0]);
	if (e) {
		close_proc_fd(out[0]);
		close_proc_fd(in[1]);
		return e;
	}
	p->out_fd = out[0];
	if (in_fd)
		*in_fd = in[1];
	return NULL;
}

struct err *proc_start(struct proc *p)
{
	return start_process(p, NULL);
}

struct err *proc_detach(struct proc *p)
{
	int null = opener_open(AT_FDCWD, "/dev/null", O_RDWR, 0);
	struct streams streams = { null, null, null };
	struct err *e = spawn(p, &streams, POSIX_SPAWN_SETSID);

	close_proc_fd(null);
	return e;
}

struct err *proc_fork(struct proc *p, int (*fn)(void *data), void *data)
{
	int out[2] = { -1, -1 };
	struct err *e = make_pipe(out);
	int null = opener_open(AT_FDCWD, "/dev/null", O_RDONLY, 0);

	fflush(stdout);
	p->pid = e ? -1 : fork();
	if (!p->pid) {
		if (dup2(null, 0) == 0 && dup2(out[1], 1) == 1)
			_exit(fn(data));
		_exit(127);
	}
	close_proc_fd(null);
	close_proc_fd(out[1]);
	p->out_fd = out[0];
	if (p->pid > 0)
		return NULL;
	p->pid = 0;
	if (!e)
		e = err_errno(_("cannot run '%s'"), p->argv[0]);
	close_proc_fd(out[0]);
	return e;
}

void proc_stop(struct proc *p)
{
	if (p->pid > 0)
		kill(p->pid, SIGKILL);
}

static bool read_some(struct buf *out, struct proc *p)
{
	ssize_t n;

	buf_reserve(out, 65536);
	do
		n = read(p->out_fd, out->p + out->n, 65536);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		buf_truncate(out, out->n + (size_t)n);
	if (n < 0)
		p->failure = errno;
	return n > 0;
}

/* Sends what the pipe takes; false when there is no more, or the child does
 * not want it. */
static bool write_some(struct proc *p, size_t *sent, int fd)
{
	ssize_t n = write(fd, (const char *)p->in + *sent, p->in_len - *sent);

	if (n < 0 && errno != EINTR && errno != EAGAIN && errno != EPIPE)
		p->failure = errno;
	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	*sent += (size_t)n;
	return *sent < p->in_len;
}

/* Sends stdin and reads stdout side by side, so that neither waits for the
 * other for ever. */
static void exchange(struct proc *p, struct buf *out, int in_fd)
{
	size_t sent = 0;
	bool reading = true;

	fcntl(in_fd, F_SETFL, O_NONBLOCK);
	if (!p->in_len) {
		close(in_fd);
		in_fd = -1;
	}
	while (reading || in_fd >= 0) {
		struct pollfd fds[2] = { { reading ? p->out_fd : -1, POLLIN,
					   0 },
					 { in_fd, POLLOUT, 0 } };

		if (poll(fds, 2, -1) < 0) {
			if (errno == EINTR)
				continue;
			p->failure = errno;
			break;
		}
		if (fds[0].revents)
			reading = read_some(out, p);
		if (fds[1].revents && !write_some(p, &sent, in_fd)) {
			close(in_fd);
			in_fd = -1;
		}
	}
	close_proc_fd(in_fd);
}

struct err *proc_run(struct proc *p, struct buf *out, int *status)
{
	int in_fd = -1;
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	struct err *e = start_process(p, p->in ? &in_fd : NULL);

	if (e)
		return e;
	if (!p->in) {
		while (read_some(out, p))
			;
		return proc_finish(p, status);
	}
	sigaction(SIGPIPE, &ignore, &before);
	exchange(p, out, in_fd);
	sigaction(SIGPIPE, &before, NULL);
	return proc_finish(p, status);
}

struct err *proc_foreground(struct proc *p, int *status)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, on_int, on_quit;
	struct streams ours = { -1, -1, -1 };
	struct err *e;

	fflush(stdout);
	p->out_fd = -1;
	sigaction(SIGINT, &ignore, &on_int);
	sigaction(SIGQUIT, &ignore, &on_quit);
	e = spawn(p, &ours, 0);
	if (!e)
		e = proc_finish(p, status);
	sigaction(SIGINT, &on_int, NULL);
	sigaction(SIGQUIT, &on_quit, NULL);
	return e;
}

/* The editor that git would start, a shell command. */
static struct err *editor_of_git(struct buf *out)
{
	static const char *const argv[] = { "git", "var", "GIT_EDITOR", NULL };
	struct proc git = { .argv = argv };
	int status = 0;
	struct err *e = proc_run(&git, out, &status);

	if (e)
		return e;
	while (out->n && out->p[out->n - 1] == '\n')
		buf_truncate(out, out->n - 1);
	if (status || !out->n)
		return err_hint(
			err_new(ERR_FAILED, _("git has no editor configured")),
			_("set GIT_EDITOR, or git config core.editor"));
	return NULL;
}

struct err *proc_edit(const char *path)
{
	struct buf editor = BUF_INIT, command = BUF_INIT;
	const char *argv[] = { "sh", "-c", NULL, NULL, path, NULL };
	struct proc sh = { .argv = argv, .clear_git_env = true };
	int status = 0;
	struct err *e = editor_of_git(&editor);

	if (!e && strcmp(editor.p, ":")) {
		buf_addf(&command, "%s \"$@\"", editor.p);
		argv[2] = command.p;
		argv[3] = editor.p;
		e = proc_foreground(&sh, &status);
		if (!e && status)
			e = err_new(ERR_FAILED, _("editor '%s' exited with %d"),
				    editor.p, status);
	}
	buf_release(&editor);
	buf_release(&command);
	return e;
}

/* The pager that our stdout goes to; there is one stdout, so there is one. */
static struct proc pager_proc;
/* Where stderr went before; -1 if the pager does not have it. */
static int pager_stderr = -1;

/* A pager that outlives us fights with the shell over the terminal. */
static void wait_and_die(int number)
{
	close(1);
	if (pager_stderr >= 0)
		close(2);
	while (waitpid(pager_proc.pid, NULL, 0) < 0 && errno == EINTR)
		;
	raise(number); /* SA_RESETHAND: the default now, on return */
}

static void wait_on_signals(void)
{
	static const int deadly[] = { SIGINT, SIGHUP, SIGTERM, SIGQUIT,
				      SIGPIPE };
	struct sigaction act = { .sa_handler = wait_and_die,
				 .sa_flags = (int)SA_RESETHAND };

	for (size_t i = 0; i < ARRAY_SIZE(deadly); i++) {
		struct sigaction before;

		sigaction(deadly[i], &act, &before);
		if (before.sa_handler == SIG_IGN)
			sigaction(deadly[i], &before, NULL);
	}
}

/* What we say on the terminal must not be drawn over what the pager shows. */
static void inherit_fd(int fd)
{
	fflush(stdout);
	dup2(fd, 1);
	if (isatty(2)) {
		fflush(stderr);
		pager_stderr = fcntl(2, F_DUPFD_CLOEXEC, 3);
		if (pager_stderr >= 0)
			dup2(fd, 2);
	}
	setenv("GIT_PAGER_IN_USE", "true", 1);
}

struct err *proc_pager(const char *pager)
{
	static const char *argv[] = { "sh", "-c", NULL, NULL };
	bool plain = !strpbrk(pager, SHELL_CHARACTERS);
	struct streams streams = { -1, -1, -1 };
	struct err *e;
	int ends[2];

	if (pager_proc.pid || !*pager || !strcmp(pager, "cat") || !isatty(1))
		return NULL;
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	argv[2] = pager;
	pager_proc.argv = plain ? argv + 2 : argv;
	e = make_pipe(ends);
	if (e)
		return e;
	streams.in = ends[0];
	e = spawn(&pager_proc, &streams, 0);
	close(ends[0]);
	if (!e)
		inherit_fd(ends[1]);
	close(ends[1]); /* before a signal waits: the pager must see the end */
	if (!e)
		wait_on_signals();
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e); /* no such pager: print without one, as git does */
		return NULL;
	}
	return e;
}

void proc_pager_wait(void)
{
	int status;

	if (!pager_proc.pid)
		return;
	fflush(stdout);
	close(1);
	if (pager_stderr >= 0) {
		fflush(stderr);
		dup2(pager_stderr, 2);
		close(pager_stderr);
		pager_stderr = -1;
	}
	pager_proc.out_fd = -1;
	signal(SIGINT, SIG_IGN);
	err_free(proc_finish(&pager_proc, &status));
	pager_proc.pid = 0;
}
