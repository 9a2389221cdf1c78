/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files on disk. A write is a temporary file in the same directory, fsync,
 * rename, fsync of the directory: a crash or a full disk leaves the old bytes.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

/* No document is larger: a bigger file is refused, not read. Bytes. */
#define FILE_MAX ((size_t)16 << 20)

/* Appends the file's bytes. Only a regular file is read (a fifo or a device
 * never blocks us). ERR_NOT_FOUND if there is none; ERR_UNSUPPORTED if it is
 * not regular or larger than `max` bytes. A symbolic link is followed. */
MUST_USE struct err *file_read(struct buf *out, const char *path, size_t max);

/* The same, but fails if `path` itself is a symbolic link. */
MUST_USE struct err *file_read_unlinked(struct buf *out, const char *path,
					size_t max);

enum {
	FILE_NEW = 1, /* fail with ERR_EXISTS rather than replace */
};

/* `mode` is that of a new file (before umask); an old file keeps its own. A
 * symbolic link is written through, not replaced; ERR_NOT_FOUND if it leads
 * nowhere. ERR_UNSUPPORTED if something other than a regular file is there. */
MUST_USE struct err *file_write(const char *path, const void *bytes, size_t n,
				unsigned mode, unsigned flags);

/* Creates the directories that lead to `path`'s last component. */
MUST_USE struct err *file_make_parents(const char *path);

bool file_exists(const char *path); /* of any kind; a dangling link too */
bool file_is_dir(const char *path); /* links followed */
bool file_is_executable(const char *path);

/* The regular files and links to regular files under `dir`, as paths relative
 * to it, sorted by byte value. Entries whose name starts with a dot are left
 * out, directories are followed at most 64 deep, links to directories never.
 * A missing `dir` gives none. A folder that cannot be read is an error, but
 * what the others hold is listed all the same. */
MUST_USE struct err *file_list(struct strs *out, struct arena *a,
			       const char *dir);

/* The same, each path with `prefix` and a slash in front unless that is "", and
 * what the list hangs on. */
struct file_tree {
	struct strs files;
	struct strs folders; /* that were read, `dir` too, with the prefix */
	bool linked; /* there may be links: what they lead to counts, too */
};
MUST_USE struct err *file_list_tree(struct file_tree *out, struct arena *a,
				    const char *dir, const char *prefix);

/* An exclusive lock `path`.lock, held by nobody else; waits up to
 * `wait_ms`. A symbolic link of that name is an error, not followed. Release
 * with file_unlock(); a process that dies holds it no longer. */
struct file_lock {
	char *path; /* NULL: not held */
	int fd;
};
MUST_USE struct err *file_lock(struct file_lock *lock, const char *path,
			       int wait_ms);
void file_unlock(struct file_lock *lock);

/* `dir`/`name` in the arena; `name` alone if it is absolute or `dir` empty. */
MUST_USE char *path_join(struct arena *a, const char *dir, const char *name);
/* `path` without ".", ".." and doubled slashes, by its text alone; leading ".."
 * of a relative path stay. "." gives "". In the arena. */
MUST_USE char *path_normal(struct arena *a, const char *path);
/* `to` as seen from the folder `from`, both normal and relative to one root. */
MUST_USE char *path_relative(struct arena *a, const char *from, const char *to);
/* Whether `path` is `dir` or lies below it, once every link is followed.
 * False if either does not exist. */
bool path_is_inside(const char *path, const char *dir);
/* Behind the last slash. Borrowed. */
const char *path_base(const char *path);

#endif
