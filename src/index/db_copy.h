/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Somebody else's SQLite database, looked at without touching it: its bytes are
 * copied into memory, so that no lock, journal or shared memory is made beside
 * it. What another program is writing meanwhile is refused.
 */
#ifndef INDEX_DB_COPY_H
#define INDEX_DB_COPY_H

#include "base/err.h"
#include "index/db.h"

/* A larger one is not read. Bytes. */
#define DB_COPY_MAX ((size_t)256 << 20)

/* `path` is one that the person named. ERR_UNSUPPORTED if it is no database,
 * too large, or has changes that are not in it yet (a journal or a log beside
 * it): then it can be read later. db_close() always. */
MUST_USE struct err *db_copy(struct db *db, const char *path);

#endif
