/* SPDX-License-Identifier: GPL-2.0-only */
/* For LD_PRELOAD: a file system on which flock(2) fails with the errno of
 * NO_LOCKS. */
#include <errno.h>
#include <stdlib.h>
#include <sys/file.h>

int flock(int fd, int how)
{
	(void)fd;
	(void)how;
	errno = atoi(getenv("NO_LOCKS"));
	return -1;
}
