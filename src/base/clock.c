/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/clock.h"

#define SECOND INT64_C(1000000000)
/* The clock of files ticks this often at most; one of an old file system counts
 * whole seconds, or two. Nanoseconds. */
#define TICK        (20 * 1000000)
#define COARSE_TICK (2 * SECOND)

int64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_worked_ms(pid_t pid)
{
	struct timespec t;
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &t))
		return -1;
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_of_file(struct timespec t)
{
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec;
}

int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return clock_of_file(now);
}

bool clock_is_past(int64_t time, int64_t now)
{
	return time + (time % SECOND ? TICK : COARSE_TICK) < now;
}
