/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one place where files are opened, made, renamed and removed by name.
 *
 * A path is walked without following any symbolic link, the last component
 * included: a link that a commit brings, or that somebody puts there between a
 * look and a use, leads nowhere (errno ELOOP). Nothing that is opened waits for
 * another process (a fifo, a device), and nothing is passed on to a child.
 *
 * `at` is an open folder, or AT_FDCWD with a path from the root; ".." is
 * refused. All return as the system calls do: -1 and errno. With the C library
 * alone: git-retro-hook uses it, too.
 */
#ifndef BASE_OPENER_H
#define BASE_OPENER_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

int opener_open(int at, const char *path, int flags, mode_t mode);

/* A file of ours alone, below the git directory: regular, and with no second
 * name (a hard link), else ENXIO or EMLINK. */
int opener_own(int at, const char *path, int flags, mode_t mode);

/* What git or the person has named: links are followed, as git follows them.
 * Read only. */
int opener_named(const char *path);
/* The same for what the person named to be read to its end: it may be a pipe,
 * and then it is waited for. */
int opener_input(const char *path);
/* The same for a folder, from which others are opened then. */
int opener_folder(const char *path);
/* The terminal of this process, to ask at; the one thing that is waited for. */
int opener_terminal(void);

/* Whether there is anything of that name, wherever links lead; also if that
 * cannot be told. */
bool opener_is_named(const char *path);

/* Whether it is a file, wherever links lead, that can be started; if not, errno
 * says why. */
bool opener_can_run(const char *path);
/* Whether files can be made in the folder. */
bool opener_can_write(const char *dir);

/* What is there, wherever links lead. */
int opener_named_stat(struct stat *st, int at, const char *path);
/* What is there; a link is told as a link. */
int opener_stat(struct stat *st, int at, const char *path);
/* The same in one call, for what was just listed below the open folder `dir`:
 * of a link that has come in the way since, it tells of the place it leads to,
 * where nothing is opened. */
int opener_glance(struct stat *st, int dir, const char *path);
/* The folder that it is in, and the last component in it. */
int opener_parent(const char **name, int at, const char *path);

/* Bytes of a name that opener_temp() makes, with its NUL. */
#define OPENER_TEMP 32
/* A new file in the open folder `dir`, which nobody else has, by a name that
 * nobody guesses; `mode` is under the umask. */
int opener_temp(char name[OPENER_TEMP], int dir, mode_t mode);
/* Whether a name is one that opener_temp() makes. */
bool opener_is_temp(const char *name);

/* Of components in open folders. `replace`: takes the place of what is there,
 * else EEXIST. */
int opener_move(int from, const char *name, int to, const char *new_name,
		bool replace);
/* A second name for a file; a link gets one itself. */
int opener_twin(int dir, const char *name, const char *new_name);
int opener_remove(int dir, const char *name);
/* One that is empty. */
int opener_remove_folder(const char *path);
/* A folder; a group that shares its parent may write to it. */
int opener_make_folder(int dir, const char *name);

/* Opened to be listed. */
DIR *opener_list(int at, const char *path);

/* Where a path leads once each link is followed, to be freed. */
char *opener_real(const char *path);

#endif
