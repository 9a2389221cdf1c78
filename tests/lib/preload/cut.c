/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For LD_PRELOAD: the process is killed when it is about to write the page
 * number CUT_AT (from 1, of all that it writes) into a database of pages of 16
 * KiB. A page in a journal begins at no such place.
 */
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

enum { PAGE = 16384 };

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	static long written;
	const char *limit = getenv("CUT_AT");
	ssize_t (*real)(int, const void *, size_t, off64_t);

	*(void **)&real = dlsym(RTLD_NEXT, "pwrite64");
	if (n == PAGE && at % PAGE == 0 && limit &&
	    ++written == strtol(limit, NULL, 10))
		kill(getpid(), SIGKILL);
	return real(fd, bytes, n, at);
}
