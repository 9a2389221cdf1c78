/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The small files below <git_dir>/retro that the front reads and writes: each
 * of them ours alone (opener_own()), so that a link, a second name, a fifo or a
 * device in its place counts as none, and is left alone. With the C library and
 * base/ alone.
 */
#ifndef FRONT_STATE_H
#define FRONT_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/* The folder as it was named, or -1. */
int state_folder(const char *git_dir);

/* The file of this name, opened by these flags in the folder of a repository;
 * with O_CREAT the folder "retro" is made too. -1 if there is none of ours. */
int state_open(int git, const char *name, int flags);

/* Puts these bytes in its place at once (temporary file and rename; nothing is
 * lost with it, so it is not synced). */
void state_replace(int git, const char *name, const void *bytes, size_t n);
/* Gives it another name, which replaces. */
void state_put_aside(int git, const char *name, const char *aside);

/* Removes it; false if there is none. */
bool state_take(int git, const char *name);

/* All of them, also in pieces. */
bool state_write(int fd, const void *bytes, size_t n);
/* The same to be read, false if there are not so many. */
bool state_read(void *out, size_t n, int fd);

int64_t state_nanoseconds(struct timespec t);

#endif
