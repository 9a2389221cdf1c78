/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/opener.h"
#include "base/text.h"

/* As git reads GIT_TERMINAL_PROMPT. */
static bool forbidden(void)
{
	static const char *const no[] = { "0", "false", "no", "off" };
	const char *prompt = getenv("GIT_TERMINAL_PROMPT");
	const char *ci = getenv("CI");

	for (size_t i = 0; prompt && i < ARRAY_SIZE(no); i++)
		if (!strcasecmp(prompt, no[i]))
			return true;
	return ci && *ci;
}

bool ask_open(struct ask *ask)
{
	*ask = (struct ask){ -1, ASK_WAIT_MS };
	if (forbidden() || !isatty(2))
		return false;
	ask->fd = opener_terminal();
	if (ask->fd < 0)
		return false;
	if (tcgetpgrp(ask->fd) == getpgrp() && dup2(ask->fd, 0) == 0 &&
	    dup2(ask->fd, 1) == 1)
		return true;
	ask_close(ask);
	return false;
}

void ask_close(struct ask *ask)
{
	if (ask->fd >= 0)
		close(ask->fd);
	ask->fd = -1;
}

/* A terminal hands over a line at a time. */
static enum ask_reply take_reply(struct buf *line, int fd)
{
	char bytes[1024];
	ssize_t n = read(fd, bytes, sizeof(bytes));
	const char *start, *newline;
	size_t len;

	if (n <= 0)
		return ASK_STOPPED;
	newline = memchr(bytes, '\n', (size_t)n);
	start = bytes;
	len = newline ? (size_t)(newline - bytes) : (size_t)n;
	text_trim(&start, &len);
	buf_add(line, start, len);
	return ASK_LINE;
}

/* Blocks SIGINT; gives the set of it alone. */
static sigset_t hold_interrupt(sigset_t *before)
{
	sigset_t interrupt;

	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigprocmask(SIG_BLOCK, &interrupt, before);
	return interrupt;
}

/* Ctrl-C reaches git too. It answers the question; the rest of what was asked
 * for before is still remembered, so it must not kill us. */
enum ask_reply ask_wait(struct buf *line, int fd, int timeout_ms)
{
	struct pollfd fds[2] = { { fd, POLLIN, 0 }, { -1, POLLIN, 0 } };
	enum ask_reply reply = ASK_STOPPED;
	sigset_t before, interrupt = hold_interrupt(&before);
	int ready;

	fds[1].fd = signalfd(-1, &interrupt, SFD_CLOEXEC);
	do
		ready = poll(fds, 2, timeout_ms);
	while (ready < 0 && errno == EINTR);
	if (!ready)
		reply = ASK_NOBODY;
	else if (ready > 0 && !fds[1].revents)
		reply = take_reply(line, fd);
	if (fds[1].revents) {
		struct signalfd_siginfo info;

		/* Taken off, or it would kill us as soon as it may. */
		while (read(fds[1].fd, &info, sizeof(info)) < 0 &&
		       errno == EINTR)
			;
	}
	if (fds[1].fd >= 0)
		close(fds[1].fd);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return reply;
}

static void print_question(const struct ask *ask, const char *text)
{
	size_t n = strlen(text);

	while (n) {
		ssize_t done = write(ask->fd, text, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return;
		text += done;
		n -= (size_t)done;
	}
}

enum ask_reply ask_line(struct buf *line, struct ask *ask, const char *question)
{
	enum ask_reply reply;
	sigset_t before;

	buf_reset(line);
	tcflush(ask->fd, TCIFLUSH);
	/* From the moment the question can be read, Ctrl-C answers it. */
	hold_interrupt(&before);
	print_question(ask, question);
	reply = ask_wait(line, ask->fd, ask->wait_ms);
	sigprocmask(SIG_SETMASK, &before, NULL);
	ask->wait_ms = ASK_WAIT_MS;
	if (reply != ASK_LINE)
		print_question(ask, "\n");
	return reply;
}
