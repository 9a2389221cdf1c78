/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file to which batches of bytes are appended, for what can be found out
 * again: deleted, cut short, damaged or written by another version, it counts
 * as far as it is whole. Several processes may read and append at once; of two
 * that append at the same time one may lose what it wrote, which costs time and
 * nothing else.
 */
#ifndef BASE_JOURNAL_H
#define BASE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct journal {
	char *path, *title;
	struct buf bytes; /* as they were read */
	size_t whole;     /* so many of them are good */
};

/* Reads it; nothing if there is none. `title` is the first line, which says
 * what it is and of which version. With "" as the path nothing is read or
 * written. The caller closes it. */
void journal_open(struct journal *out, const char *path, const char *title);
void journal_close(struct journal *journal);

/* Takes the next batch; *at starts with 0. Borrowed. False after the last. */
bool journal_next(const char **batch, size_t *n, size_t *at,
		  const struct journal *journal);

/* Appends a batch if the file is still as it was read. */
void journal_append(const struct journal *journal, const struct buf *batch);
/* Puts one batch in the place of all. */
void journal_replace(const struct journal *journal, const struct buf *batch);

#endif
