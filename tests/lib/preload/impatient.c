/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For LD_PRELOAD: of the times for which a process waits for a person, ten
 * seconds or a minute, the one whose number is in IMPATIENT is over at once. Every other wait is as long
 * as it is, however slow the machine.
 */
#include <dlfcn.h>
#include <poll.h>
#include <stdlib.h>

enum { SHORT_MS = 10 * 1000, MINUTE_MS = 60 * 1000 };

int poll(struct pollfd *fds, nfds_t nr, int timeout)
{
	static long waits;
	const char *which = getenv("IMPATIENT");
	int (*real)(struct pollfd *, nfds_t, int);

	*(void **)&real = dlsym(RTLD_NEXT, "poll");
	if (which && (timeout == SHORT_MS || timeout == MINUTE_MS) &&
	    ++waits == atol(which))
		timeout = 0;
	return real(fds, nr, timeout);
}
