/* SPDX-License-Identifier: GPL-2.0-only */
#include "front/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/group_write.h"
#include "base/opener.h"

#define FOLDER "retro"

enum { NAME_BYTES = 64 };

int state_folder(const char *git_dir)
{
	return opener_folder(git_dir);
}

int state_open(int git, const char *name, int flags)
{
	char path[NAME_BYTES];
	int fd;

	if (git < 0)
		return -1;
	if (flags & O_CREAT)
		opener_make_folder(git, FOLDER);
	snprintf(path, sizeof(path), FOLDER "/%s", name);
	fd = opener_own(git, path, flags, 0666);
	if (fd >= 0 && flags & O_CREAT)
		group_write_made(git, path);
	return fd;
}

static int open_folder(int git)
{
	opener_make_folder(git, FOLDER);
	return opener_open(git, FOLDER, O_RDONLY | O_DIRECTORY, 0);
}

void state_replace(int git, const char *name, const void *bytes, size_t n)
{
	char temp[OPENER_TEMP];
	int folder = open_folder(git);
	int fd = folder < 0 ? -1 : opener_temp(temp, folder, 0666);
	bool written;

	if (fd >= 0) {
		group_write_made(folder, temp);
		written = state_write(fd, bytes, n);
		written = !close(fd) && written;
		if (!written || opener_move(folder, temp, folder, name, true))
			opener_remove(folder, temp);
	}
	if (folder >= 0)
		close(folder);
}

void state_put_aside(int git, const char *name, const char *aside)
{
	int folder = open_folder(git);

	if (folder < 0)
		return;
	opener_move(folder, name, folder, aside, true);
	close(folder);
}

bool state_take(int git, const char *name)
{
	char path[NAME_BYTES];

	snprintf(path, sizeof(path), FOLDER "/%s", name);
	return git >= 0 && !opener_remove(git, path);
}

bool state_write(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

bool state_read(void *out, size_t n, int fd)
{
	char *p = out;

	while (n) {
		ssize_t got = read(fd, p, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

int64_t state_nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}
