/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For LD_PRELOAD: in git-retro no time passes, and a wait of a few seconds for
 * what another process says has no end: what is looked for only so long is
 * found, however slow the machine is.
 */
#undef _FORTIFY_SOURCE /* poll() would be an inline function */
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

enum { LOOK_MS = 10 * 1000 };

static bool is_ours(void)
{
	return !strcmp(program_invocation_short_name, "git-retro");
}

int clock_gettime(clockid_t clock, struct timespec *t)
{
	int (*real)(clockid_t, struct timespec *);

	*(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
	if (clock != CLOCK_MONOTONIC || !is_ours())
		return real(clock, t);
	*t = (struct timespec){ .tv_sec = 1 };
	return 0;
}

int poll(struct pollfd *fds, nfds_t nr, int timeout)
{
	int (*real)(struct pollfd *, nfds_t, int);

	*(void **)&real = dlsym(RTLD_NEXT, "poll");
	if (nr == 1 && timeout > 0 && timeout <= LOOK_MS && is_ours())
		timeout = -1;
	return real(fds, nr, timeout);
}
