/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs a command in a pseudo-terminal, as a person would see it:
 *
 *	pty [-t <seconds>] [-e <text> | -s <text>]... -- <command> [<args>]
 *
 * -e waits until the text has been printed (behind what an earlier -e found),
 * -s types one; \r is the return key, \xHH any byte (\x03 is Ctrl-C). Prints
 * everything that the terminal showed and exits with the command's status
 * (128 + signal); 124 when the time is up (default 2 minutes), 125 when the
 * command ended before an awaited text came.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TIMED_OUT = 124, NOT_SEEN = 125, WRONG_USAGE = 129 };

struct step {
	bool expect; /* else send */
	const char *text;
};

struct screen {
	char *p;
	size_t n, seen; /* bytes; those behind which the next text is sought */
};

static void die(const char *what)
{
	perror(what);
	exit(WRONG_USAGE);
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* One byte of a text to type, with its escapes. */
static char next_byte(const char **s)
{
	char hex[3] = { 0 };
	char c = *(*s)++;

	if (c != '\\')
		return c;
	c = *(*s)++;
	if (c == 'r' || c == 'n')
		return c == 'r' ? '\r' : '\n';
	if (c != 'x')
		return c;
	for (size_t i = 0; i < 2 && **s; i++)
		hex[i] = *(*s)++;
	return (char)strtol(hex, NULL, 16);
}

static void type_text(int fd, const char *text)
{
	while (*text) {
		char c = next_byte(&text);

		if (write(fd, &c, 1) != 1)
			die("pty: write");
	}
}

static bool see(struct screen *screen, const char *text)
{
	char *at = memmem(screen->p + screen->seen, screen->n - screen->seen,
			  text, strlen(text));

	if (!at)
		return false;
	screen->seen = (size_t)(at - screen->p) + strlen(text);
	return true;
}

/* False when the terminal has been closed by everybody. */
static bool take(struct screen *screen, int fd)
{
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof(bytes));

	if (n <= 0)
		return n < 0 && errno == EINTR;
	screen->p = realloc(screen->p, screen->n + (size_t)n);
	if (!screen->p)
		die("pty");
	memcpy(screen->p + screen->n, bytes, (size_t)n);
	screen->n += (size_t)n;
	fwrite(bytes, 1, (size_t)n, stdout);
	fflush(stdout);
	return true;
}

/* Follows the steps until the terminal is closed. `*at` gets the first step
 * that was not done, `nr` if there is none. False when the time is up. */
static bool converse(size_t *at, int fd, const struct step *steps, size_t nr,
		     long until)
{
	struct screen screen = { calloc(1, 1), 0, 0 };
	struct pollfd poller = { .fd = fd, .events = POLLIN };
	long left = 1;
	bool open = true;

	*at = 0;
	while (open && left > 0) {
		while (*at < nr &&
		       (!steps[*at].expect || see(&screen, steps[*at].text))) {
			if (!steps[*at].expect)
				type_text(fd, steps[*at].text);
			++*at;
		}
		left = until - now_ms();
		if (left > 0 && poll(&poller, 1, (int)left) > 0)
			open = take(&screen, fd);
	}
	free(screen.p);
	return !open;
}

int main(int argc, char **argv)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	struct step *steps = calloc((size_t)argc, sizeof(*steps));
	size_t at, nr = 0;
	long seconds = 120;
	int fd, option, status;
	bool ended;
	pid_t pid;

	while (steps && (option = getopt(argc, argv, "+t:e:s:")) != -1) {
		if (option == '?')
			return WRONG_USAGE;
		if (option == 't')
			seconds = strtol(optarg, NULL, 10);
		else
			steps[nr++] = (struct step){ option == 'e', optarg };
	}
	if (!steps || optind == argc)
		return WRONG_USAGE;
	pid = forkpty(&fd, NULL, NULL, &size);
	if (pid < 0)
		die("pty: forkpty");
	if (!pid) {
		signal(SIGINT, SIG_DFL); /* a background job ignores it */
		execvp(argv[optind], argv + optind);
		die(argv[optind]);
	}
	ended = converse(&at, fd, steps, nr, now_ms() + seconds * 1000);
	if (at < nr)
		fprintf(stderr, "pty: %s: %s\n",
			ended ? "never came" : "time is up", steps[at].text);
	if (!ended)
		kill(-pid, SIGKILL);
	free(steps);
	if (waitpid(pid, &status, 0) < 0)
		die("pty: wait");
	if (!ended || at < nr)
		return ended ? NOT_SEEN : TIMED_OUT;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
