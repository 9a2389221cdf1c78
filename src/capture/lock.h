/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One lock or manifest file, read. What cannot be read is no error: the file
 * says so in a line, and all others count.
 */
#ifndef CAPTURE_LOCK_H
#define CAPTURE_LOCK_H

#include "base/arena.h"
#include "base/err.h"
#include "capture/formats.h"
#include "capture/package.h"
#include "git/oid.h"

struct repo;

/* A larger file is not read. Bytes. */
#define LOCK_MAX ((size_t)32 << 20)

struct lock {
	const char *path;
	const struct lock_format *format;
	struct packages packages; /* sorted (package_sort()) */
	const char *unread;       /* why it is not read, one clean line; NULL */
};

struct locks VEC_OF(struct lock);

/* Reads bytes as the path's format has it, which must be known. */
void lock_read(struct lock *out, struct arena *a, const char *path,
	       const char *bytes, size_t n);

/* The same of a file in a commit; `*found` is false if there is none. `commit`
 * NULL has no file. */
MUST_USE struct err *lock_at(struct lock *out, bool *found, struct arena *a,
			     struct repo *repo, const struct oid *commit,
			     const char *path);

#endif
