/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For LD_PRELOAD: a minute of waiting for a person passes at once. Every other
 * wait is as long as it is.
 */
#include <dlfcn.h>
#include <poll.h>

enum { MINUTE_MS = 60 * 1000, LONG_ENOUGH_MS = 200 };

int poll(struct pollfd *fds, nfds_t nr, int timeout)
{
	int (*real)(struct pollfd *, nfds_t, int);

	*(void **)&real = dlsym(RTLD_NEXT, "poll");
	return real(fds, nr, timeout == MINUTE_MS ? LONG_ENOUGH_MS : timeout);
}
