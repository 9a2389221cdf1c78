/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/shim.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define SIGNATURE "# git-retro hook shim "
#define OPENING   "#!/bin/sh\n" SIGNATURE
#define ENDING    SIGNATURE "end\n"

static bool buf_begins(const struct buf *b, const char *with)
{
	return b->n >= strlen(with) && !memcmp(b->p, with, strlen(with));
}

static bool ends(const struct buf *b, const char *with)
{
	size_t n = strlen(with);

	return b->n >= n && !memcmp(b->p + b->n - n, with, n);
}

enum shim_kind shim_inspect(const struct buf *shim, const char *path)
{
	struct buf bytes = BUF_INIT;
	enum shim_kind kind = SHIM_OTHER;

	if (!file_exists(path))
		return SHIM_NONE;
	err_free(file_read(&bytes, path, FILE_MAX));
	if (bytes.n == shim->n && bytes.n && !memcmp(bytes.p, shim->p, bytes.n))
		kind = file_is_executable(path) ? SHIM_SAME : SHIM_OLD;
	else if (buf_begins(&bytes, OPENING) && ends(&bytes, ENDING))
		kind = SHIM_OLD;
	else if (memmem(bytes.p, bytes.n, SIGNATURE, strlen(SIGNATURE)))
		kind = SHIM_EDITED;
	buf_release(&bytes);
	return kind;
}

struct err *shim_write(const struct buf *shim, const char *path,
		       const char *keep, struct arena *a)
{
	const char *fresh = arena_printf(a, "%s.new-retro", path);
	struct err *e = file_make_parents(path);

	if (e)
		return e;
	unlink(fresh); /* what a crash left */
	e = file_write(fresh, shim->p, shim->n, 0777, FILE_NEW);
	if (!e && keep && link(path, keep))
		e = err_errno("cannot keep '%s' as '%s'", path, keep);
	if (!e && rename(fresh, path)) {
		e = err_errno("cannot write '%s'", path);
		if (keep)
			unlink(keep);
	}
	if (e)
		unlink(fresh);
	return e;
}
