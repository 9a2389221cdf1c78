/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A `git cat-file --batch-command` that is kept open: about 30 microseconds a
 * question, where a child for each takes 3 milliseconds. It is started by the
 * first question, and started again after it failed.
 */
#ifndef GIT_BATCH_H
#define GIT_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "git/oid.h"

/* As git numbers them. */
enum object_type {
	OBJECT_NONE,
	OBJECT_COMMIT,
	OBJECT_TREE,
	OBJECT_BLOB,
	OBJECT_TAG,
};

enum object_found { OBJECT_MISSING, OBJECT_FOUND, OBJECT_AMBIGUOUS };

struct batch;

struct batch *batch_new(void);
void batch_free(struct batch *batch); /* NULL is allowed */

/* What a name means, as git reads revisions; it may not contain a newline.
 * Where it fails nothing can be told: OBJECT_MISSING. */
enum object_found batch_info(struct oid *id, enum object_type *type,
			     size_t *size, struct batch *batch,
			     const char *name);

/* The object's bytes, borrowed until the next question. ERR_NOT_FOUND. */
MUST_USE struct err *batch_read(enum object_type *type, const char **bytes,
				size_t *n, struct batch *batch,
				const struct oid *id);

#endif
