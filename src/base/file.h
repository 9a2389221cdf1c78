/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files on disk, by absolute paths without a link: opener.h walks them, and
 * what is reached only through a link is refused (ERR_UNSUPPORTED, and the
 * message says so). A write is a temporary file, fsync, rename, fsync of the directory: a
 * crash or a full disk leaves the old bytes.
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
 * not regular or larger than `max` bytes. */
MUST_USE struct err *file_read(struct buf *out, const char *path, size_t max);

/* The same for a file of ours alone: one that has a second name is refused. */
MUST_USE struct err *file_read_own(struct buf *out, const char *path,
				   size_t max);

/* The same for what git or the person has named: links are followed. */
MUST_USE struct err *file_read_named(struct buf *out, const char *path,
				     size_t max);

/* Likewise the bytes of a large file, which are not copied, until file_unmap();
 * NULL if it is empty or cannot be read. For what is only ever replaced, not
 * written to. */
const void *file_map_named(size_t *n, const char *path);
const void *file_map_own(size_t *n, const char *path);
void file_unmap(const void *bytes, size_t n); /* NULL is allowed */

/* Appends all of standard input, at most `max` bytes. */
MUST_USE struct err *file_read_stdin(struct buf *out, size_t max);

/* Appends the lines of it, in the arena, without their ends and but for empty
 * ones; "-" is stdin, and a pipe is read to its end. */
MUST_USE struct err *file_lines(struct strs *out, struct arena *a,
				const char *path);

enum {
	FILE_NEW = 1,   /* fail with ERR_EXISTS rather than replace */
	FILE_OVER = 2,  /* replace whatever is there, a link too; the mode is
			 * `mode`, in a folder that a group shares that of the
			 * group as well */
	FILE_LATER = 4, /* one of many, that file_settle() sees to the disk;
			 * what killed processes left stays in its folder */
};

/* `mode` is that of a new file (before umask); an old file keeps its own.
 * Without FILE_OVER, ERR_UNSUPPORTED if something other than a regular file is
 * there. The temporary file is made in the folder `stage`, where that is on the
 * same file system, else (or if it is NULL) beside `path`; those that a killed
 * process left there are removed. */
MUST_USE struct err *file_write(const char *path, const void *bytes, size_t n,
				unsigned mode, unsigned flags,
				const char *stage);

/* Sees all that was written so far below the folder to its disk. */
MUST_USE struct err *file_settle(const char *dir);

/* Removes what killed processes left in the folder, as file_write() does there
 * but for FILE_LATER. */
void file_clear_left(const char *dir);

/* Creates the directories that lead to `path`'s last component. */
MUST_USE struct err *file_make_parents(const char *path);

/* Gives a file a second name in its folder (a hard link); a symbolic link is
 * not followed. */
MUST_USE struct err *file_keep(const char *path, const char *name);
/* Renames `from` to `path`, both in the same folder; what was there is gone. */
MUST_USE struct err *file_move(const char *from, const char *path);
MUST_USE struct err *file_remove(const char *path);

enum file_kind {
	FILE_NONE, /* there is none: it is known not to be there */
	FILE_REGULAR,
	FILE_FOLDER,
	FILE_LINK,
	FILE_OTHER,
};
/* What is there. What cannot be told is an error, and no answer. */
MUST_USE struct err *file_look(enum file_kind *out, const char *path);

/* Whether a program, links followed, can be started. Where that cannot be told
 * it is no, and said (err_pass()). */
bool file_is_executable(const char *path);

/* The regular files and links under `dir`, as paths relative to it, sorted by
 * byte value. Entries whose name starts with a dot are left out, directories
 * are followed at most 64 deep, links never. A missing `dir` gives none. A
 * folder that cannot be read is an error, but what the others contain is listed
 * all the same. */
MUST_USE struct err *file_list(struct strs *out, struct arena *a,
			       const char *dir);

/* The same, each path with `prefix` and a slash in front unless that is "", and
 * what the list hangs on. */
struct file_tree {
	struct strs files;
	struct strs folders; /* that were read, `dir` too, with the prefix */
};
MUST_USE struct err *file_list_tree(struct file_tree *out, struct arena *a,
				    const char *dir, const char *prefix);

/* An exclusive lock `path`.lock, held by nobody else; waits up to `wait_ms`.
 * Release with file_unlock(); a process that dies holds it no longer. Where the
 * file system has no locks there is none, and no error. */
struct file_lock {
	char *path; /* NULL: not held */
	int fd;
};
MUST_USE struct err *file_lock(struct file_lock *lock, const char *path,
			       int wait_ms);
void file_unlock(struct file_lock *lock);

/* Where it leads once every link is followed. In the arena; NULL if nowhere. */
MUST_USE char *path_real(struct arena *a, const char *path);
/* `dir`/`name` in the arena; `name` alone if it is absolute or `dir` empty. */
MUST_USE char *path_join(struct arena *a, const char *dir, const char *name);
/* `path` without ".", ".." and doubled slashes, by its text alone; leading ".."
 * of a relative path stay. "." gives "". In the arena. */
MUST_USE char *path_normal(struct arena *a, const char *path);
/* `to` as seen from the folder `from`, both normal and relative to one root. */
MUST_USE char *path_relative(struct arena *a, const char *from, const char *to);
/* Whether `path` is `dir` or lies below it, by their texts. */
bool path_is_inside(const char *path, const char *dir);
/* After the last slash. Borrowed. */
const char *path_base(const char *path);

#endif
