/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A shim: the script of ours that git starts as a hook. It is known by its
 * first two lines and its last, so that it is told from a script that was
 * added to, and from somebody else's.
 */
#ifndef HOOK_SHIM_H
#define HOOK_SHIM_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* What a file is to us. */
enum shim_kind {
	SHIM_NONE,   /* there is no file */
	SHIM_SAME,   /* ours, as we would write it now */
	SHIM_OLD,    /* ours, of another version or for another program */
	SHIM_EDITED, /* has our shim in it, and more */
	SHIM_OTHER,  /* somebody else's, or a link that leads nowhere */
};

MUST_USE struct err *shim_inspect(enum shim_kind *out, const struct buf *shim,
				  const char *path);

/* Writes it; what is there gets the name `keep` first if that is not NULL. At
 * every moment one of the two is the hook. */
MUST_USE struct err *shim_write(const struct buf *shim, const char *path,
				const char *keep);

#endif
