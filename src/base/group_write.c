/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/group_write.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The folder that it is in, to be freed; NULL without memory. */
static char *parent_dir(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return strdup(".");
	return slash == path ? strdup("/")
			     : strndup(path, (size_t)(slash - path));
}

void group_write_made(int at, const char *path)
{
	const mode_t shared = S_ISGID | S_IWGRP;
	char *parent = parent_dir(path);
	struct stat folder, made;

	if (parent && !fstatat(at, parent, &folder, 0) &&
	    (folder.st_mode & shared) == shared &&
	    !fstatat(at, path, &made, AT_SYMLINK_NOFOLLOW) &&
	    !S_ISLNK(made.st_mode))
		(void)!fchmodat(at, path,
				(made.st_mode & 07777) |
					(made.st_mode & S_IRWXU) >> 3,
				0);
	free(parent);
}
