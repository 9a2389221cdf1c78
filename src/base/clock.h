/* SPDX-License-Identifier: GPL-2.0-only */
/* A clock for deadlines, and that of files. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

/* Milliseconds of a clock that nobody sets (CLOCK_MONOTONIC). */
int64_t clock_ms(void);

/* Milliseconds of the processors that another process has had; -1 if nobody can
 * tell. */
int64_t clock_worked_ms(pid_t pid);

/* Nanoseconds since 1970, as a file system counts them: now, and a time of a
 * file. */
int64_t clock_now(void);
int64_t clock_of_file(struct timespec t);
/* Whether what changes a file from `now` on gives it another time than this. */
bool clock_is_past(int64_t time, int64_t now);

#endif
