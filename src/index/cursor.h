/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The bytes that one of the index's tables has for an id. The row behind the
 * last one costs a step, any other a search.
 */
#ifndef INDEX_CURSOR_H
#define INDEX_CURSOR_H

#include <stddef.h>
#include <stdint.h>

#include "index/db.h"

struct cursor {
	struct db *db;
	sqlite3_stmt *rows;
	int64_t at; /* the row it stands on; 0: on none */
};

/* `table` has the columns id and bytes. To be closed, also after a failure;
 * one that is all zero, too. */
void cursor_open(struct cursor *out, struct db *db, const char *table);
void cursor_close(struct cursor *c);

/* Borrowed until the next call; NULL after a failure. That there is no such row
 * is one: SQLITE_BUSY, as another process must have taken it away before our
 * transaction began. */
const char *cursor_bytes(struct cursor *c, int64_t id, size_t *n);

#endif
