/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One line on stderr that tells how far a long job is, as git's own: only if
 * stderr is a terminal, only after half a second, at most ten times a second,
 * wiped when done.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

struct progress {
	const char *title; /* borrowed */
	size_t total;      /* 0: unknown */
	size_t done;
	int64_t started, shown; /* milliseconds; -1: not a terminal */
};

void progress_start(struct progress *p, const char *title, size_t total);
/* For what cannot be counted: shows the title until progress_stop(). */
void progress_wait(struct progress *p, const char *title);
void progress_step(struct progress *p, size_t done);
void progress_stop(struct progress *p);

#endif
