/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

/* More of what a child says on stderr is not read. */
#define WORDS_MAX 4096
/* A larger one is that of a signal. */
#define EXIT_OF_GIT 129
#define CHILD_ENV   9
#define READ_SIZE   ((size_t)1 << 16)
/* 9999-12-31 */
#define SECONDS_MAX INT64_C(253402214400)

/* In a partial clone git would fetch what is missing: we are not worth a
 * network connection, let alone a password. No configuration overrides this
 * (the second is known from git 2.44 on). What it says on stderr is read
 * (code_of_words()), so it says it in English. */
static const char *const offline[] = { "GIT_ALLOW_PROTOCOL=none",
				       "GIT_NO_LAZY_FETCH=1", "LC_ALL=C",
				       NULL };

/* The same where all that it writes is read before anything is made of it: else
 * git writes each commit to a pipe by itself, 100,000 in a quarter of a
 * second. */
static const char *const whole[] = { "GIT_ALLOW_PROTOCOL=none",
				     "GIT_NO_LAZY_FETCH=1", "LC_ALL=C",
				     "GIT_FLUSH=0", NULL };

const char *const child_no_index[] = { "GIT_INDEX_FILE=/proc/no-index", NULL };

static void make_argv(const char **argv, const char *const *args)
{
	size_t n = 0;

	argv[n++] = "git";
	/* A program of somebody's that would tell what has changed. */
	argv[n++] = "-c";
	argv[n++] = "core.fsmonitor=false";
	/* An empty line of a diff would stand for one with a space. */
	argv[n++] = "-c";
	argv[n++] = "diff.suppressBlankEmpty=false";
	for (size_t i = 0; args[i] && i < CHILD_ARGS; i++)
		argv[n++] = args[i];
	argv[n] = NULL;
}

/* A file in memory for what it says on stderr; -1 where that cannot be had, and
 * the child then speaks for itself. */
static int hold_stderr(struct proc *proc)
{
	int fd = memfd_create("stderr", MFD_CLOEXEC);

	proc->err_fd = fd < 0 ? 0 : fd;
	return fd;
}

/* Behind the mark of the first line that git marks as what went wrong; NULL if
 * there is none. */
static const char *marked_line(const char *words)
{
	static const char *const marks[] = { "fatal: ", "error: " };

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		for (const char *at = words; (at = strstr(at, marks[i])); at++)
			if (at == words || at[-1] == '\n')
				return at + strlen(marks[i]);
	return NULL;
}

/* The line that says what went wrong: a marked one, else the first. */
static const char *telling_line(const char *words, size_t *n)
{
	const char *line = marked_line(words);

	if (!line)
		line = words;
	*n = strcspn(line, "\n");
	/* "...:", and what it is about in a line below, indented */
	if (*n && line[*n - 1] == ':' && line[*n] && line[*n + 1] == '\t')
		*n += 1 + strcspn(line + *n + 1, "\n");
	return line;
}

/* The git command, behind the settings that it is given. */
static const char *child_command(const char *const *argv)
{
	while (!strcmp(*++argv, "-c"))
		argv++;
	return *argv;
}

/* Whether git says that it lacks objects, and nothing worse. */
static enum err_code code_of_words(const char *words, int status)
{
	static const char *const lacks[] = {
		"unable to read", "could not fetch", "promisor remote",
		"bad tree object", "not a tree object"
	};

	for (size_t i = 0; i < ARRAY_SIZE(lacks); i++)
		if (strstr(words, lacks[i]))
			return ERR_MISSING;
	/* A warning or a trace is no complaint; one may be behind the cut. */
	return status == 1 && !marked_line(words) && strlen(words) < WORDS_MAX
		       ? ERR_NO_MATCH
		       : ERR_REFUSED;
}

const char *child_bring_hint(void)
{
	return _("to fetch what is missing: git fetch --refetch --no-filter");
}

/* The error for a child that failed, in its own words. */
static struct err *child_error(const char *const *argv, int status, int err_fd)
{
	char words[WORDS_MAX + 1];
	ssize_t got = err_fd < 0 ? 0 : pread(err_fd, words, WORDS_MAX, 0);
	struct buf clean = BUF_INIT;
	const char *line;
	enum err_code code;
	struct err *e;
	size_t n;

	words[got < 0 ? 0 : got] = '\0';
	line = telling_line(words, &n);
	text_clean(&clean, line, n, 0);
	code = status <= EXIT_OF_GIT ? code_of_words(words, status)
				     : ERR_FAILED;
	e = clean.n ? err_new(code, "git %s: %s", child_command(argv), clean.p)
		    : err_new(code, _("git %s exited with %d"),
			      child_command(argv), status);
	buf_release(&clean);
	return code == ERR_MISSING ? err_hint(e, "%s", child_bring_hint()) : e;
}

static void close_child_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* Of two of one name the first counts. */
static void make_env(const char *env[CHILD_ENV], const char *const *more)
{
	size_t n = 0;

	for (size_t i = 0; more && more[i] && n < CHILD_ENV - 5; i++)
		env[n++] = more[i];
	for (size_t i = 0; whole[i]; i++)
		env[n++] = whole[i];
	env[n] = NULL;
}

struct err *child_run(struct buf *out, const char *const *args,
		      const struct buf *in)
{
	return child_run_in(out, args, in, NULL);
}

static struct err *run_child(struct proc *proc, struct buf *out,
			     const char *const *args)
{
	const char *argv[CHILD_ARGV];
	int err_fd = hold_stderr(proc), status = 0;
	struct err *e;

	make_argv(argv, args);
	proc->argv = argv;
	e = proc_run(proc, out, &status);
	if (!e && status)
		e = child_error(argv, status, err_fd);
	close_child_fd(err_fd);
	return e;
}

struct err *child_run_in(struct buf *out, const char *const *args,
			 const struct buf *in, const char *const *more)
{
	const char *env[CHILD_ENV];
	struct proc proc = { .env = env };

	make_env(env, more);
	if (in) {
		proc.in = in->p;
		proc.in_len = in->n;
	}
	return run_child(&proc, out, args);
}

struct err *child_run_at(struct buf *out, const char *const *args,
			 const char *dir)
{
	struct proc proc = { .env = offline,
			     .dir = dir,
			     .clear_git_env = true };

	return run_child(&proc, out, args);
}

struct err *child_hold(int *fd, const struct buf *bytes)
{
	size_t done = 0;
	ssize_t n = 1;

	*fd = memfd_create("input", MFD_CLOEXEC);
	while (*fd >= 0 && n > 0 && done < bytes->n) {
		n = write(*fd, bytes->p + done, bytes->n - done);
		done += n > 0 ? (size_t)n : 0;
	}
	if (done == bytes->n && lseek(*fd, 0, SEEK_SET) == 0)
		return NULL;
	return err_errno(_("cannot store the input of git"));
}

static struct err *start_child(struct child *child, const char *const *args,
			       int in_fd, const char *const *env)
{
	struct err *e;

	memset(child, 0, sizeof(*child));
	buf_init(&child->ahead);
	make_argv(child->argv, args);
	child->proc.argv = child->argv;
	child->proc.env = env;
	child->proc.in_fd = in_fd;
	child->err_fd = hold_stderr(&child->proc);
	e = proc_start(&child->proc);
	if (e)
		close_child_fd(child->err_fd);
	return e;
}

struct err *child_start_fed(struct child *child, const char *const *args,
			    int in_fd)
{
	return start_child(child, args, in_fd, offline);
}

struct err *child_start(struct child *child, const char *const *args)
{
	return child_start_fed(child, args, 0);
}

struct err *child_start_with(struct child *child, const char *const *args,
			     const struct buf *in)
{
	int fd;
	struct err *e = child_hold(&fd, in);

	if (!e)
		e = start_child(child, args, fd, whole);
	close_child_fd(fd);
	return e;
}

/* Reads more after what there is; false at the end. */
static bool read_on(struct child *child)
{
	struct buf *ahead = &child->ahead;
	size_t room = ahead->n > READ_SIZE ? ahead->n : READ_SIZE;
	ssize_t n;

	if (child->ended)
		return false;
	buf_splice(ahead, 0, child->at, NULL, 0);
	child->at = 0;
	buf_reserve(ahead, room);
	do
		n = read(child->proc.out_fd, ahead->p + ahead->n, room);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		child->proc.failure = errno;
	if (n <= 0) {
		child->ended = true;
		return false;
	}
	ahead->n += (size_t)n;
	ahead->p[ahead->n] = '\0';
	return true;
}

bool child_split(const char **fields, size_t nr, const char **at,
		 const char *end)
{
	const char *next = *at;

	for (size_t i = 0; i < nr; i++) {
		const char *nul = memchr(next, '\0', (size_t)(end - next));

		if (!nul)
			return false;
		fields[i] = next;
		next = nul + 1;
	}
	*at = next;
	return true;
}

bool child_fields(const char **fields, size_t nr, struct child *child)
{
	for (;;) {
		const char *start = child->ahead.p;
		const char *at = start + child->at;

		if (child_split(fields, nr, &at, start + child->ahead.n)) {
			child->at = (size_t)(at - start);
			return true;
		}
		if (!read_on(child))
			return false;
	}
}

bool child_line(const char **line, struct child *child)
{
	for (;;) {
		char *start = child->ahead.p + child->at;
		char *end = memchr(start, '\n', child->ahead.n - child->at);

		if (end) {
			*end = '\0';
			*line = start;
			child->at = (size_t)(end + 1 - child->ahead.p);
			return true;
		}
		if (!read_on(child))
			return false;
	}
}

bool child_bytes(const char **bytes, size_t n, struct child *child)
{
	while (child->ahead.n - child->at < n)
		if (!read_on(child))
			return false;
	*bytes = child->ahead.p + child->at;
	child->at += n;
	return true;
}

struct err *child_finish(struct child *child)
{
	int status = 0;
	struct err *e = proc_finish(&child->proc, &status);

	if (!e && status && child->ended)
		e = child_error(child->argv, status, child->err_fd);
	close_child_fd(child->err_fd);
	buf_release(&child->ahead);
	return e;
}

/* Whether there is something to read before the deadline. */
static bool wait_readable(int fd, int64_t deadline)
{
	struct pollfd waiting = { .fd = fd, .events = POLLIN };
	int64_t left;
	int ready;

	do {
		left = deadline - clock_ms();
		if (left <= 0)
			return false;
		ready = poll(&waiting, 1, (int)left);
	} while (ready < 0 && errno == EINTR);
	return ready > 0;
}

static struct err *finish_gathered(struct buf *out, struct child *child)
{
	buf_add(out, child->ahead.p, child->ahead.n);
	if (!child->ended)
		kill(child->proc.pid, SIGTERM);
	return child_finish(child);
}

struct err *child_gather(struct buf *out, struct child *child, int64_t deadline)
{
	while (!child->ended && wait_readable(child->proc.out_fd, deadline))
		read_on(child);
	return finish_gathered(out, child);
}

/* Where nobody can tell, time counts as work. */
static int64_t worked_since(const struct child *child, int64_t start)
{
	int64_t worked = clock_worked_ms(child->proc.pid);

	return worked < 0 ? clock_ms() - start : worked;
}

/* What is left of its work takes no less time than that. */
struct err *child_gather_work(struct buf *out, struct child *child,
			      int64_t *work, int64_t deadline)
{
	int64_t start = clock_ms(), now = start, worked = 0;

	while (!child->ended && worked < *work && now < deadline) {
		int64_t next = now + *work - worked;

		if (wait_readable(child->proc.out_fd,
				  next < deadline ? next : deadline))
			read_on(child);
		worked = worked_since(child, start);
		now = clock_ms();
	}
	*work -= worked;
	return finish_gathered(out, child);
}

/* Reads all that `second` prints, while `first` feeds it. */
static struct err *drain(struct buf *out, struct child *first,
			 struct child *second)
{
	struct err *e, *other;

	/* Only `second` holds it then, and its end is the end of `first`. */
	close(first->proc.out_fd);
	first->proc.out_fd = -1;
	while (read_on(second))
		;
	buf_add(out, second->ahead.p, second->ahead.n);
	first->ended = true;
	e = child_finish(second);
	other = child_finish(first);
	if (!e)
		return other;
	err_free(other);
	return e;
}

struct err *child_pipe(struct buf *out, const char *const *first,
		       const char *const *second, const struct buf *in)
{
	struct child one, two;
	int fd;
	struct err *e = child_hold(&fd, in);

	if (!e)
		e = child_start_fed(&one, first, fd);
	close_child_fd(fd);
	if (e)
		return e;
	e = child_start_fed(&two, second, one.proc.out_fd);
	if (!e)
		return drain(out, &one, &two);
	err_free(child_finish(&one)); /* the first error is told */
	return e;
}

struct moment child_moment(const char *raw)
{
	struct moment m = { 0, 0 };
	char *end;
	long long seconds = strtoll(raw, &end, 10);
	long zone = strtol(end, NULL, 10);

	if (end == raw || seconds > SECONDS_MAX || seconds < -SECONDS_MAX)
		return m;
	m.seconds = seconds;
	if (zone > -2400 && zone < 2400)
		m.zone = (int)(zone / 100 * 60 + zone % 100);
	return m;
}
