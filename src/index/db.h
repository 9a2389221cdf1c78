/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A SQLite database whose every page bears a checksum: a byte that changed on
 * disk is found when its page is read, and never believed; nor is what somebody
 * may have put there with the right sums: no view, no trigger and no function of
 * the file runs, and no statement runs for ever. The file is disposable. What goes wrong is kept in the handle, so a caller does a number
 * of things and asks once.
 */
#ifndef INDEX_DB_H
#define INDEX_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db {
	sqlite3 *handle;
	int failure;  /* the first result code that was no success; SQLITE_OK */
	int millions; /* steps of the statement that was begun last */
	fts5_api *fts; /* once db_fts() was asked */
};

enum db_trouble {
	DB_FINE,
	DB_BROKEN, /* the file is damaged, or no database */
	DB_OTHER,  /* locked, full, not to be written, ...: leave it alone */
};

/* `path` NULL: in memory. A file that is not there is made, if it can be. Waits
 * up to `wait_ms` for each lock that another process holds. db_close() always,
 * also after a failure. */
bool db_open(struct db *db, const char *path, int wait_ms);
void db_close(struct db *db);
/* From now on it waits so long. */
void db_wait(struct db *db, int wait_ms);

enum db_trouble db_trouble(const struct db *db);
/* The same in words; NULL if it is fine. */
MUST_USE struct err *db_err(const struct db *db);

/* Runs statements without results. False after any failure, also an earlier
 * one; so do all that follow. */
bool db_run(struct db *db, const char *sql);
/* One number; 0 if there is no row. */
int64_t db_number(struct db *db, const char *sql);

/* NULL after a failure. To be finalized. */
sqlite3_stmt *db_prepare(struct db *db, const char *sql);
/* Whether there is a row. */
bool db_step(struct db *db, sqlite3_stmt *stmt);
/* Runs it to its end and makes it ready for the next time. */
bool db_do(struct db *db, sqlite3_stmt *stmt);

/* The door to full-text search; NULL after a failure. */
fts5_api *db_fts(struct db *db);

/* Empties the file, whatever is in it, under SQLite's own locks: another
 * process that has it open finds it empty, and nothing worse. False if it could
 * not be had or not be written.
 *
 * SQLITE_DBCONFIG_RESET_DATABASE and VACUUM leave a sound database, but after a
 * damaged header one of 4096 bytes a page that reserves none for the checksums
 * (db_file.h), which is damaged in our eyes. */
bool db_empty(const char *path, int wait_ms);

/* How much of it is kept in memory: who reads comes by a page once, mostly; who
 * writes comes back to it. */
#define DB_CACHE       "PRAGMA cache_size = -256"
#define DB_CACHE_WRITE "PRAGMA cache_size = -65536"

#endif
