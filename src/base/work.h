/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One budget for each process. What multiplies two sizes that somebody else has
 * chosen (patterns and names, retros and tags) is counted where it happens, in
 * the innermost loop; a repository that asks for more than any command can do
 * in a few seconds gets a word about it and no answer, rather than an answer
 * that never comes. With the C library alone.
 */
#ifndef BASE_WORK_H
#define BASE_WORK_H

#include <stdbool.h>
#include <stddef.h>

/* So many steps of work are about to be done; one takes about a nanosecond.
 * False once there were too many: the caller may stop, its answer is of no use.
 * Threads share the budget. */
bool work_do(size_t steps);
bool work_is_over(void);

/* Called once when there were too many; it need not return. */
void work_when_over(void (*act)(void));

#endif
