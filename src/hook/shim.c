/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/shim.h"

#include <stdbool.h>
#include <string.h>

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

static enum shim_kind tell_shim_kind(const struct buf *bytes,
				     const struct buf *shim, const char *path)
{
	if (bytes->n == shim->n && bytes->n &&
	    !memcmp(bytes->p, shim->p, bytes->n))
		return file_is_executable(path) ? SHIM_SAME : SHIM_OLD;
	if (buf_begins(bytes, OPENING) && ends(bytes, ENDING))
		return SHIM_OLD;
	if (memmem(bytes->p, bytes->n, SIGNATURE, strlen(SIGNATURE)))
		return SHIM_EDITED;
	return SHIM_OTHER;
}

struct err *shim_inspect(enum shim_kind *out, const struct buf *shim,
			 const char *path)
{
	struct buf bytes = BUF_INIT;
	enum file_kind kind;
	struct err *e = file_look(&kind, path);

	*out = SHIM_NONE;
	if (e || kind == FILE_NONE)
		return e;
	e = file_read_named(&bytes, path, FILE_MAX);
	*out = tell_shim_kind(&bytes, shim, path);
	buf_release(&bytes);
	/* A link to nowhere; what is no file is no shim. */
	if (e && (e->code == ERR_NOT_FOUND || e->code == ERR_UNSUPPORTED)) {
		err_free(e);
		return NULL;
	}
	return e;
}

struct err *shim_write(const struct buf *shim, const char *path,
		       const char *keep)
{
	struct err *e = file_make_parents(path);

	if (!e && keep)
		e = file_keep(path, keep);
	if (e)
		return e;
	e = file_write(path, shim->p, shim->n, 0777, FILE_OVER, NULL);
	if (e && keep)
		err_free(file_remove(keep));
	return e;
}
