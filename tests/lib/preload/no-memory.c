/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For LD_PRELOAD: in git-retro and git-retro-hook, allocation number NO_MEMORY
 * (from 1) gets nothing, and with NO_MEMORY_ON nor does any behind it. With
 * NO_MEMORY=0 all get theirs. NO_MEMORY_LOG gets how many there were, a line for
 * each process.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t nr, size_t size);
void *__libc_realloc(void *p, size_t size);

static atomic_long calls;
static long wanted = -1;
static bool on;

/* Not before the loader is done. */
__attribute__((constructor)) static void begin(void)
{
	const char *which = getenv("NO_MEMORY");

	if (strncmp(program_invocation_short_name, "git-retro", 9))
		return;
	on = getenv("NO_MEMORY_ON") != NULL;
	calls = 0;
	wanted = which ? atol(which) : -1;
}

__attribute__((destructor)) static void end(void)
{
	const char *name = getenv("NO_MEMORY_LOG");
	long nr = calls;
	int fd;

	if (wanted < 0 || !name)
		return;
	wanted = -1;
	fd = open(name, O_WRONLY | O_APPEND | O_CREAT, 0600);
	dprintf(fd, "%ld\n", nr);
	close(fd);
}

static bool is_refused(void)
{
	long nr;

	if (wanted < 0)
		return false;
	nr = atomic_fetch_add(&calls, 1) + 1;
	if (!wanted || (nr != wanted && !(on && nr > wanted)))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return is_refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t nr, size_t size)
{
	return is_refused() ? NULL : __libc_calloc(nr, size);
}

void *realloc(void *p, size_t size)
{
	return is_refused() ? NULL : __libc_realloc(p, size);
}
