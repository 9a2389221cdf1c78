/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For LD_PRELOAD: a second passes between two looks at the monotonic clock, and
 * at look number HALT_AT (from 1) whoever looks stands still for ever.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *t)
{
	static long looks;
	const char *halt = getenv("HALT_AT");
	int (*real)(clockid_t, struct timespec *);

	*(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
	if (clock != CLOCK_MONOTONIC)
		return real(clock, t);
	looks++;
	while (halt && looks == strtol(halt, NULL, 10))
		pause();
	*t = (struct timespec){ .tv_sec = looks };
	return 0;
}
