/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/group_write.h"
#include "base/mem.h"

#define DEPTH_MAX 64
#define READ_SIZE 65536
/* Of the name in the name of a temporary file, so that a file whose name is as
 * long as the file system allows can be written too. Bytes. */
#define TEMP_BASE_MAX 200

static struct err *too_large(const char *path, size_t max)
{
	return err_new(ERR_UNSUPPORTED, "'%s' is larger than %zu bytes", path,
		       max);
}

static struct err *not_regular(const char *path)
{
	return err_new(ERR_UNSUPPORTED, "'%s' is not a regular file", path);
}

/* A short read of a regular file is its end. */
static struct err *read_fd(struct buf *out, int fd, const char *path,
			   size_t max)
{
	size_t before = out->n;
	ssize_t n = READ_SIZE;

	while (n < 0 || n == READ_SIZE) {
		buf_reserve(out, READ_SIZE);
		n = read(fd, out->p + out->n, READ_SIZE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno("cannot read '%s'", path);
		buf_truncate(out, out->n + (size_t)n);
		if (out->n - before > max)
			return too_large(path, max);
	}
	return NULL;
}

static struct err *cannot_open(const char *path)
{
	if (errno == ENXIO) /* a socket */
		return not_regular(path);
	if (errno == ENOTDIR) /* so there is no such file */
		errno = ENOENT;
	return err_errno("cannot open '%s'", path);
}

static struct err *read_regular(struct buf *out, const char *path, size_t max,
				int flags)
{
	/* Without O_NONBLOCK, opening a fifo waits for a writer. */
	int fd = open(path,
		      O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags);
	size_t before = out->n;
	struct err *e;
	struct stat st;

	if (fd < 0)
		return cannot_open(path);
	if (fstat(fd, &st))
		e = err_errno("cannot read '%s'", path);
	else if (!S_ISREG(st.st_mode))
		e = not_regular(path);
	else if ((size_t)st.st_size > max)
		e = too_large(path, max);
	else
		e = read_fd(out, fd, path, max);
	close(fd);
	if (e)
		buf_truncate(out, before);
	return e;
}

struct err *file_read(struct buf *out, const char *path, size_t max)
{
	return read_regular(out, path, max, 0);
}

struct err *file_read_unlinked(struct buf *out, const char *path, size_t max)
{
	return read_regular(out, path, max, O_NOFOLLOW);
}

static struct err *write_fd(int fd, const char *path, const char *bytes,
			    size_t n)
{
	while (n) {
		ssize_t written = write(fd, bytes, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return err_errno("cannot write '%s'", path);
		bytes += written;
		n -= (size_t)written;
	}
	if (fsync(fd))
		return err_errno("cannot write '%s'", path);
	return NULL;
}

/* "dir/.name.tmp-XXXXXX": a dot file, so never taken for a retro. */
static char *temp_name(const char *path)
{
	const char *base = path_base(path);
	struct buf name = BUF_INIT;

	buf_add(&name, path, (size_t)(base - path));
	buf_addf(&name, ".%.*s.tmp-XXXXXX", TEMP_BASE_MAX, base);
	return buf_detach(&name);
}

static void sync_dir(const char *path)
{
	const char *base = path_base(path);
	char *dir = base > path ? strndup(path, (size_t)(base - path)) : NULL;
	int fd = open(dir ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(dir);
}

/* The mode of the file that is replaced, else `mode` under the umask. */
static unsigned mode_for(const char *path, unsigned mode)
{
	struct stat st;
	mode_t mask;

	if (!stat(path, &st))
		return st.st_mode & 07777;
	mask = umask(0);
	umask(mask);
	return mode & ~mask;
}

/* Puts the temporary file in its place; a link never replaces, so of two
 * writers of a new file one is told. */
static struct err *put_in_place(const char *temp, const char *path,
				unsigned flags)
{
	if (flags & FILE_NEW) {
		if (!link(temp, path))
			return NULL;
		if (errno == EEXIST)
			return err_new(ERR_EXISTS, "'%s' exists already", path);
		if (renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_NOREPLACE))
			return err_errno("cannot create '%s'", path);
		return NULL;
	}
	if (rename(temp, path))
		return err_errno("cannot replace '%s'", path);
	return NULL;
}

static struct err *write_at(const char *path, const void *bytes, size_t n,
			    unsigned mode, unsigned flags)
{
	char *temp = temp_name(path);
	int fd = mkostemp(temp, O_CLOEXEC);
	struct err *e;

	if (fd < 0) {
		e = err_errno("cannot create a file beside '%s'", path);
		free(temp);
		return e;
	}
	e = write_fd(fd, path, bytes, n);
	if (!e && fchmod(fd, mode_for(path, mode)))
		e = err_errno("cannot set the mode of '%s'", path);
	if (close(fd) && !e)
		e = err_errno("cannot write '%s'", path);
	if (!e)
		e = put_in_place(temp, path, flags);
	unlink(temp); /* gone already after a rename */
	if (!e)
		sync_dir(path);
	free(temp);
	return e;
}

/* The file behind `path` and its links, to be freed; NULL if there is none
 * yet. A rename would put a file in the place of a device, or of a link that
 * leads nowhere. */
static struct err *find_old(char **old, const char *path)
{
	struct stat st;

	*old = NULL;
	if (lstat(path, &st))
		return NULL;
	if (S_ISLNK(st.st_mode) && stat(path, &st))
		return err_errno("cannot follow the link '%s'", path);
	if (!S_ISREG(st.st_mode))
		return not_regular(path);
	*old = realpath(path, NULL);
	return *old ? NULL : err_errno("cannot write '%s'", path);
}

struct err *file_write(const char *path, const void *bytes, size_t n,
		       unsigned mode, unsigned flags)
{
	char *old = NULL;
	struct err *e = flags & FILE_NEW ? NULL : find_old(&old, path);

	if (!e)
		e = write_at(old ? old : path, bytes, n, mode, flags);
	free(old);
	return e;
}

struct err *file_make_parents(const char *path)
{
	char *dir = mem_strdup(path);

	for (char *p = dir + 1; *dir && *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (!mkdir(dir, 0777)) {
			group_write_made(AT_FDCWD, dir);
		} else if (errno != EEXIST || !file_is_dir(dir)) {
			struct err *e =
				err_errno("cannot create the folder '%s'", dir);

			free(dir);
			return e;
		}
		*p = '/';
	}
	free(dir);
	return NULL;
}

bool file_exists(const char *path)
{
	struct stat st;

	return !lstat(path, &st);
}

bool file_is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

bool file_is_executable(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) && !access(path, X_OK);
}

static bool is_dir_entry(int dir, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return !fstatat(dir, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) &&
	       S_ISDIR(st.st_mode);
}

/* A regular file, or a link to one. */
static bool is_file_entry(int dir, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type == DT_REG)
		return true;
	if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
		return false;
	return !fstatat(dir, entry->d_name, &st, 0) && S_ISREG(st.st_mode);
}

static struct err *list_into(struct file_tree *out, struct arena *a,
			     const char *dir, const char *prefix, int depth)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	struct err *e = NULL;

	if (!d && (errno == ENOENT || errno == ENOTDIR) && !depth)
		return NULL;
	if (!d)
		return err_errno("cannot read the folder '%s'", dir);
	vec_push(a, &out->folders, prefix);
	while ((entry = readdir(d))) {
		const char *name = entry->d_name;
		struct err *inner = NULL;

		if (*name == '.')
			continue;
		out->linked |=
			entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN;
		if (is_file_entry(dirfd(d), entry))
			vec_push(a, &out->files, path_join(a, prefix, name));
		else if (depth < DEPTH_MAX && is_dir_entry(dirfd(d), entry))
			inner = list_into(out, a, path_join(a, dir, name),
					  path_join(a, prefix, name),
					  depth + 1);
		if (e)
			err_free(inner);
		else
			e = inner;
	}
	closedir(d);
	return e;
}

struct err *file_list_tree(struct file_tree *out, struct arena *a,
			   const char *dir, const char *prefix)
{
	struct err *e = list_into(out, a, dir, prefix, 0);

	strs_sort(&out->files);
	return e;
}

struct err *file_list(struct strs *out, struct arena *a, const char *dir)
{
	struct file_tree tree = { .files = *out };
	struct err *e = file_list_tree(&tree, a, dir, "");

	*out = tree.files;
	return e;
}

static void sleep_ms(int ms)
{
	struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000 };

	nanosleep(&t, NULL);
}

/* Whether the file that `fd` has locked is still the one of that name: its
 * last holder may have removed it while we waited. */
static bool still_named(int fd, const char *path)
{
	struct stat mine, named;

	return !fstat(fd, &mine) && !lstat(path, &named) &&
	       mine.st_ino == named.st_ino && mine.st_dev == named.st_dev;
}

/* flock(2) belongs to the process, so a dead one holds nothing and there is
 * no stale lock to judge. */
struct err *file_lock(struct file_lock *lock, const char *path, int wait_ms)
{
	struct buf name = BUF_INIT;
	int fd;

	buf_addf(&name, "%s.lock", path);
	for (int waited = 0;; waited += 10) {
		fd = open(name.p, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
			  0666);
		if (fd < 0) {
			struct err *e = err_errno("cannot lock '%s'", path);

			buf_release(&name);
			return e;
		}
		if (!flock(fd, LOCK_EX | LOCK_NB) && still_named(fd, name.p))
			break;
		close(fd);
		if (waited >= wait_ms) {
			buf_release(&name);
			return err_hint(
				err_new(ERR_FAILED,
					"'%s' is being changed by another "
					"process",
					path),
				"try again when it is done");
		}
		sleep_ms(10);
	}
	group_write_made(AT_FDCWD,
			 name.p); /* or nobody else could wait for it */
	lock->path = buf_detach(&name);
	lock->fd = fd;
	return NULL;
}

void file_unlock(struct file_lock *lock)
{
	if (!lock->path)
		return;
	unlink(lock->path);
	close(lock->fd);
	free(lock->path);
	lock->path = NULL;
}

char *path_join(struct arena *a, const char *dir, const char *name)
{
	size_t n = strlen(dir), m = strlen(name);
	char *path;

	if (!n || *name == '/')
		return arena_strndup(a, name, m);
	if (dir[n - 1] == '/')
		n--;
	path = arena_alloc(a, n + m + 2);
	memcpy(path, dir, n);
	path[n] = '/';
	memcpy(path + n + 1, name, m);
	return path;
}

/* Takes the last component away from a path being built; false if there is
 * none that could be taken. */
static bool drop_last(struct buf *b)
{
	const char *base;

	if (!b->n || !strcmp(b->p, "/"))
		return false;
	base = path_base(b->p);
	if (!strcmp(base, ".."))
		return false;
	buf_truncate(b, (size_t)(base - b->p));
	if (b->n > 1)
		buf_truncate(b, b->n - 1);
	return true;
}

char *path_normal(struct arena *a, const char *path)
{
	struct buf b = BUF_INIT;
	char *normal;

	if (*path == '/')
		buf_addch(&b, '/');
	while (*path) {
		size_t n = strcspn(path, "/");
		bool up = n == 2 && !strncmp(path, "..", 2);

		if (n && !(n == 1 && *path == '.') &&
		    !(up && (drop_last(&b) || !strcmp(b.p, "/")))) {
			if (b.n && b.p[b.n - 1] != '/')
				buf_addch(&b, '/');
			buf_add(&b, path, n);
		}
		path += n + (path[n] == '/');
	}
	normal = arena_strdup(a, b.p);
	buf_release(&b);
	return normal;
}

char *path_relative(struct arena *a, const char *from, const char *to)
{
	struct buf b = BUF_INIT;
	size_t same = 0;
	char *relative;

	for (size_t i = 0;; i++) {
		bool from_ends = !from[i] || from[i] == '/';
		bool to_ends = !to[i] || to[i] == '/';

		if (from_ends && to_ends)
			same = i;
		if (!from[i] || !to[i] || from[i] != to[i])
			break;
	}
	for (const char *p = from + same; *p; p++)
		if (p[0] != '/' && (p == from || p[-1] == '/'))
			buf_addstr(&b, "../");
	buf_addstr(&b, to + same + (to[same] == '/'));
	relative = arena_strdup(a, b.p);
	buf_release(&b);
	return relative;
}

bool path_is_inside(const char *path, const char *dir)
{
	char *real = realpath(path, NULL), *real_dir = realpath(dir, NULL);
	size_t n = real_dir ? strlen(real_dir) : 0;
	bool inside = real && real_dir && !strncmp(real, real_dir, n) &&
		      (!real[n] || real[n] == '/' || n == 1);

	free(real);
	free(real_dir);
	return inside;
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
