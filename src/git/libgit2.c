/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/libgit2.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR == 5
#include <git2/sys/alloc.h>
#endif

static bool is_started;

#ifdef LATE_LIBGIT2

#include <dlfcn.h>

struct libgit2 libgit2;

static const char *const names[] = { LATE_NAMES };

_Static_assert(sizeof(names) == sizeof(libgit2),
	       "a pointer for each name, in their order");

/* What has another function than we know is as good as none. */
static struct err *load_libgit2(void)
{
	void *library = dlopen(LATE_LIBGIT2, RTLD_NOW | RTLD_LOCAL);

	for (size_t i = 0; library && i < ARRAY_SIZE(names); i++) {
		void *function = dlsym(library, names[i]);

		if (!function)
			library = NULL;
		memcpy((char *)&libgit2 + i * sizeof(function), &function,
		       sizeof(function));
	}
	return library ? NULL
		       : err_new(ERR_UNSUPPORTED, _("cannot open libgit2: %s"),
				 dlerror());
}

#else

static struct err *load_libgit2(void)
{
	return NULL;
}

#endif

/* --- its memory is never NULL, as ours (base/mem.h): without any left it would
 * go on with a part of its settings, and fall over it. Of the versions whose
 * door this is. --- */

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR == 5

/* More than there is, if the product is not a number. */
static size_t product(size_t nr, size_t size)
{
	return size && nr > SIZE_MAX / size ? SIZE_MAX / 2 : nr * size;
}

static void *take_libgit2(size_t n, const char *file, int line)
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
	char *copy = take_libgit2(n + 1, file, line);

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
	return take_libgit2(product(nr, size), file, line);
}

static void set_up_memory(void)
{
	static git_allocator ours = {
		.gmalloc = take_libgit2,
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

static void set_up_memory(void)
{
}

#endif

/* It maps packs whole otherwise. Bytes. */
#define WINDOW     ((size_t)1 << 20)
#define MAPPED_MAX ((size_t)32 << 20)

static void set_up_windows(void)
{
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, WINDOW);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, MAPPED_MAX);
}

struct err *libgit2_open(void)
{
	struct err *e = is_started ? NULL : load_libgit2();

	if (e || is_started)
		return e;
	set_up_memory();
	if (git_libgit2_init() < 0)
		return err_new(ERR_FAILED, _("cannot start libgit2"));
	set_up_windows();
	is_started = true;
	return NULL;
}

void libgit2_close(void)
{
	if (is_started)
		git_libgit2_shutdown();
	is_started = false;
}
