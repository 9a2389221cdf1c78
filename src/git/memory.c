/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/memory.h"

#include <git2.h>

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR == 5

#include <git2/sys/alloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* More than there is, if the product is no number. */
static size_t product(size_t nr, size_t size)
{
	return size && nr > SIZE_MAX / size ? SIZE_MAX / 2 : nr * size;
}

static void *take(size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return mem_alloc(n);
}

static void *take_zeros(size_t nr, size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return mem_calloc(nr, size);
}

static char *copy_part(const char *s, size_t n, const char *file, int line)
{
	char *copy = take(n + 1, file, line);

	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

static char *copy_text(const char *s, const char *file, int line)
{
	return copy_part(s, strlen(s), file, line);
}

static char *copy_at_most(const char *s, size_t n, const char *file, int line)
{
	return copy_part(s, strnlen(s, n), file, line);
}

static void *resize(void *p, size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return mem_realloc(p, n);
}

static void *resize_array(void *p, size_t nr, size_t size, const char *file,
			  int line)
{
	return resize(p, product(nr, size), file, line);
}

static void *take_array(size_t nr, size_t size, const char *file, int line)
{
	return take(product(nr, size), file, line);
}

void memory_set_up(void)
{
	static git_allocator ours = {
		.gmalloc = take,
		.gcalloc = take_zeros,
		.gstrdup = copy_text,
		.gstrndup = copy_at_most,
		.gsubstrdup = copy_part,
		.grealloc = resize,
		.greallocarray = resize_array,
		.gmallocarray = take_array,
		.gfree = free,
	};

	git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &ours);
}

#else

void memory_set_up(void)
{
}

#endif
