/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/opener.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef SYS_openat2
#include <linux/openat2.h>
#endif
#ifdef SYS_renameat2
#include <linux/fs.h>
#endif

#include "base/group_write.h"

#define ALWAYS (O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
#define TEMP   ".retro-tmp-"
#define TRIES  100

/* --- opening ------------------------------------------------------------- */

static int opener_fail(int number)
{
	errno = number;
	return -1;
}

static void close_quietly(int fd)
{
	int number = errno;

	close(fd);
	errno = number;
}

/* ".." as a component. */
static bool goes_up(const char *path)
{
	for (const char *p = path; (p = strstr(p, "..")); p += 2)
		if ((p == path || p[-1] == '/') && (!p[2] || p[2] == '/'))
			return true;
	return false;
}

/* One component. A link where a folder was to be is told as a link. */
static int step(int dir, const char *name, int flags, mode_t mode)
{
	int fd = openat(dir, name, flags | O_NOFOLLOW | O_CLOEXEC, mode);
	struct stat st;

	if (fd >= 0 || errno != ENOTDIR)
		return fd;
	if (!fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) &&
	    S_ISLNK(st.st_mode))
		return opener_fail(ELOOP);
	return opener_fail(ENOTDIR);
}

/* The folder in which the last component lies; *name moves on to it. */
static int walk_to(char **name, int at)
{
	int dir = at, next;
	char *slash;

	while (dir != -1 && (slash = strchr(*name, '/'))) {
		*slash = '\0';
		next = step(dir, **name ? *name : "/", O_PATH | O_DIRECTORY, 0);
		if (dir != at && dir >= 0)
			close_quietly(dir);
		dir = next;
		*name = slash + 1 + strspn(slash + 1, "/");
	}
	return dir;
}

/* Component by component: what openat2() does in one call. */
static int walk(int at, const char *path, int flags, mode_t mode)
{
	char *copy = strdup(path), *name = copy;
	int dir, fd = -1;

	if (!copy)
		return opener_fail(ENOMEM);
	dir = walk_to(&name, at);
	if (dir != -1)
		fd = step(dir, *name ? name : ".", flags, mode);
	if (dir != at && dir >= 0)
		close_quietly(dir);
	free(copy);
	return fd;
}

#ifdef SYS_openat2
/* A sandbox may know the call and refuse it. */
static bool is_unknown(int number)
{
	return number == ENOSYS || number == EPERM || number == EINVAL ||
	       number == E2BIG;
}

static int open_plainly(int at, const char *path, int flags, mode_t mode)
{
	struct open_how how = {
		.flags = (uint64_t)(unsigned)flags,
		.mode = flags & O_CREAT ? mode : 0,
		.resolve = RESOLVE_NO_SYMLINKS |
			   (at == AT_FDCWD ? 0 : RESOLVE_BENEATH),
	};
	long fd = syscall(SYS_openat2, at, path, &how, sizeof(how));

	for (int i = 0; fd < 0 && errno == EAGAIN && i < TRIES; i++)
		fd = syscall(SYS_openat2, at, path, &how, sizeof(how));
	if (fd < 0 && is_unknown(errno))
		return walk(at, path, flags, mode);
	return (int)fd;
}
#else
static int open_plainly(int at, const char *path, int flags, mode_t mode)
{
	return walk(at, path, flags, mode);
}
#endif

int opener_open(int at, const char *path, int flags, mode_t mode)
{
	if (goes_up(path) || !*path)
		return opener_fail(*path ? EXDEV : ENOENT);
	/* O_PATH takes few others with it. */
	if (!(flags & O_PATH))
		flags |= ALWAYS;
	return open_plainly(at, path, flags | O_CLOEXEC, mode);
}

int opener_own(int at, const char *path, int flags, mode_t mode)
{
	int fd = opener_open(at, path, flags & ~O_TRUNC, mode), number = 0;
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st))
		number = errno;
	else if (!S_ISREG(st.st_mode))
		number = ENXIO;
	else if (st.st_nlink > 1)
		number = EMLINK;
	else if (flags & O_TRUNC && ftruncate(fd, 0))
		number = errno;
	if (!number)
		return fd;
	close(fd);
	return opener_fail(number);
}

int opener_named(const char *path)
{
	return openat(AT_FDCWD, path, O_RDONLY | ALWAYS);
}

int opener_input(const char *path)
{
	return openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

int opener_folder(const char *path)
{
	return openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int opener_terminal(void)
{
	return openat(AT_FDCWD, "/dev/tty", O_RDWR | O_CLOEXEC);
}

/* --- looking -------------------------------------------------------------- */

bool opener_is_named(const char *path)
{
	struct stat st;

	return !fstatat(AT_FDCWD, path, &st, 0) ||
	       (errno != ENOENT && errno != ENOTDIR);
}

bool opener_can_run(const char *path)
{
	struct stat st;

	if (fstatat(AT_FDCWD, path, &st, 0))
		return false;
	if (!S_ISREG(st.st_mode)) {
		errno = EACCES; /* as when it is to be started */
		return false;
	}
	return !faccessat(AT_FDCWD, path, X_OK, 0);
}

bool opener_can_write(const char *dir)
{
	return !faccessat(AT_FDCWD, dir, W_OK, 0);
}

int opener_named_stat(struct stat *st, int at, const char *path)
{
	return fstatat(at, path, st, 0);
}

int opener_glance(struct stat *st, int dir, const char *path)
{
	return fstatat(dir, path, st, AT_SYMLINK_NOFOLLOW);
}

int opener_stat(struct stat *st, int at, const char *path)
{
	int fd = opener_open(at, path, O_PATH | O_NOFOLLOW, 0), result;

	if (fd < 0)
		return -1;
	result = fstat(fd, st);
	close_quietly(fd);
	return result;
}

int opener_parent(const char **name, int at, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir;
	int fd;

	*name = slash ? slash + 1 : path;
	dir = slash ? strndup(path, (size_t)(slash - path) + (slash == path))
		    : strdup(".");
	if (!dir)
		return opener_fail(ENOMEM);
	fd = opener_open(at, dir, O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0 && errno == EACCES) /* it can be entered, and not listed */
		fd = opener_open(at, dir, O_PATH | O_DIRECTORY, 0);
	free(dir);
	return fd;
}

DIR *opener_list(int at, const char *path)
{
	int fd = opener_open(at, path, O_RDONLY | O_DIRECTORY, 0);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && !dir)
		close_quietly(fd);
	return dir;
}

char *opener_real(const char *path)
{
	return realpath(path, NULL);
}

/* --- changing ------------------------------------------------------------- */

int opener_temp(char name[OPENER_TEMP], int dir, mode_t mode)
{
	uint64_t number;
	int fd = -1;

	for (int i = 0; i < TRIES && fd < 0; i++) {
		if (getrandom(&number, sizeof(number), 0) != sizeof(number))
			return -1;
		snprintf(name, OPENER_TEMP, TEMP "%016llx",
			 (unsigned long long)number);
		fd = openat(dir, name,
			    O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | ALWAYS,
			    mode);
		if (fd < 0 && errno != EEXIST)
			return -1;
	}
	return fd;
}

bool opener_is_temp(const char *name)
{
	size_t n = strlen(TEMP);

	return !strncmp(name, TEMP, n) &&
	       strspn(name + n, "0123456789abcdef") == 16 && !name[n + 16];
}

/* Where renameat2() is not to be had, a link never replaces either. */
int opener_move(int from, const char *name, int to, const char *new_name,
		bool replace)
{
	if (replace)
		return renameat(from, name, to, new_name);
	if (!linkat(from, name, to, new_name, 0))
		return unlinkat(from, name, 0);
	if (errno == EEXIST || errno == EXDEV)
		return -1;
#ifdef SYS_renameat2 /* musl has no function for it */
	return (int)syscall(SYS_renameat2, from, name, to, new_name,
			    RENAME_NOREPLACE);
#else
	return -1;
#endif
}

int opener_twin(int dir, const char *name, const char *new_name)
{
	return linkat(dir, name, dir, new_name, 0);
}

int opener_remove(int dir, const char *name)
{
	return unlinkat(dir, name, 0);
}

int opener_remove_folder(const char *path)
{
	return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

int opener_make_folder(int dir, const char *name)
{
	if (mkdirat(dir, name, 0777))
		return -1;
	group_write_made(dir, name);
	return 0;
}
