/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/db.h"

#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "index/db_file.h"

#define NAP_MS       2
#define MILLIONS_MAX 10000
/* Of one value. */
#define BYTES_MAX (1 << 30)

static void nap_db(void)
{
	struct timespec t = { 0, NAP_MS * 1000000L };

	nanosleep(&t, NULL);
}

/* Naps as short as a transaction of one change takes: SQLite's own grow to a
 * tenth of a second, in which others come first time and again. */
static int wait_for(void *wait_ms, int times)
{
	if (times * NAP_MS >= (int)(intptr_t)wait_ms)
		return 0;
	nap_db();
	return 1;
}

static bool fail_db(struct db *db, int result)
{
	if (db->failure == SQLITE_OK)
		db->failure = result;
	return false;
}

void db_wait(struct db *db, int wait_ms)
{
	sqlite3_busy_handler(db->handle, wait_for, (void *)(intptr_t)wait_ms);
}

/* A statement that takes longer goes round in circles: a million steps of
 * SQLite's machine are some ten milliseconds. */
static int is_overdue(void *data)
{
	struct db *db = data;

	return ++db->millions > MILLIONS_MAX;
}

/* The file may have been made by anybody: what is in it is data, and nothing of
 * it is run. */
static void distrust(struct db *db)
{
	sqlite3 *handle = db->handle;

	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, BYTES_MAX);
	sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 0);
	sqlite3_progress_handler(handle, 1000000, is_overdue, db);
}

static bool set_up_db(struct db *db, int wait_ms)
{
	int sum = DB_FILE_SUM;

	distrust(db);

	sqlite3_extended_result_codes(db->handle, 1);
	db_wait(db, wait_ms);
	sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_RESERVE_BYTES,
			     &sum);
	return db_run(db, "PRAGMA cell_size_check = on;"
			  "PRAGMA page_size = 16384;"
			  "PRAGMA temp_store = memory;"
			  "PRAGMA cache_spill = off;" DB_CACHE ";"
			  "PRAGMA journal_mode = truncate;"
			  "PRAGMA synchronous = normal");
}

bool db_open(struct db *db, const char *path, int wait_ms)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	int result;

	*db = (struct db){ .failure = SQLITE_OK };
	result = sqlite3_open_v2(path ? path : ":memory:", &db->handle, flags,
				 path ? db_file_vfs() : NULL);
	if (result != SQLITE_OK)
		return fail_db(db, result);
	return set_up_db(db, wait_ms);
}

void db_close(struct db *db)
{
	sqlite3_close(db->handle);
	db->handle = NULL;
}

enum db_trouble db_trouble(const struct db *db)
{
	switch (db->failure & 0xff) {
	case SQLITE_OK:
		return DB_FINE;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_ERROR: /* no such table: it was emptied under us */
	case SQLITE_SCHEMA:
	case SQLITE_FORMAT:
		return DB_BROKEN;
	default:
		return db->failure == SQLITE_IOERR_SHORT_READ ? DB_BROKEN
							      : DB_OTHER;
	}
}

struct err *db_err(const struct db *db)
{
	if (db->failure == SQLITE_OK)
		return NULL;
	return err_new(ERR_FAILED, _("the index failed: %s"),
		       sqlite3_errstr(db->failure));
}

bool db_run(struct db *db, const char *sql)
{
	int result;

	if (db->failure != SQLITE_OK)
		return false;
	db->millions = 0;
	result = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	return result == SQLITE_OK || fail_db(db, result);
}

sqlite3_stmt *db_prepare(struct db *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int result;

	if (db->failure != SQLITE_OK)
		return NULL;
	db->millions = 0;
	result = sqlite3_prepare_v2(db->handle, sql, -1, &stmt, NULL);
	if (result != SQLITE_OK)
		fail_db(db, result);
	return stmt;
}

bool db_step(struct db *db, sqlite3_stmt *stmt)
{
	int result;

	if (db->failure != SQLITE_OK)
		return false;
	result = sqlite3_step(stmt);
	if (result != SQLITE_ROW && result != SQLITE_DONE)
		return fail_db(db, result);
	return result == SQLITE_ROW;
}

bool db_do(struct db *db, sqlite3_stmt *stmt)
{
	while (db_step(db, stmt))
		;
	if (stmt)
		sqlite3_reset(stmt);
	return db->failure == SQLITE_OK;
}

int64_t db_number(struct db *db, const char *sql)
{
	sqlite3_stmt *stmt = db_prepare(db, sql);
	int64_t number = 0;

	if (db_step(db, stmt))
		number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return number;
}

fts5_api *db_fts(struct db *db)
{
	sqlite3_stmt *stmt;

	if (db->fts)
		return db->failure == SQLITE_OK ? db->fts : NULL;
	stmt = db_prepare(db, "SELECT fts5(?1)");
	if (stmt)
		sqlite3_bind_pointer(stmt, 1, &db->fts, "fts5_api_ptr", NULL);
	db_step(db, stmt);
	sqlite3_finalize(stmt);
	return db->fts;
}

/* --- emptying --- */

static int lock(sqlite3_file *file, int level, int wait_ms)
{
	int result = file->pMethods->xLock(file, level);

	for (int waited = 0; result == SQLITE_BUSY && waited < wait_ms;
	     waited += NAP_MS) {
		nap_db();
		result = file->pMethods->xLock(file, level);
	}
	return result;
}

/* The file first: a journal beside an empty file is never played back. */
static int empty(sqlite3_vfs *vfs, sqlite3_file *file, const char *name,
		 int wait_ms)
{
	int result = lock(file, SQLITE_LOCK_SHARED, wait_ms);

	if (result == SQLITE_OK)
		result = lock(file, SQLITE_LOCK_EXCLUSIVE, wait_ms);
	if (result == SQLITE_OK)
		result = file->pMethods->xTruncate(file, 0);
	if (result == SQLITE_OK)
		vfs->xDelete(vfs, sqlite3_filename_journal(name), 0);
	file->pMethods->xUnlock(file, SQLITE_LOCK_NONE);
	return result;
}

bool db_empty(const char *path, int wait_ms)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MAIN_DB, result;
	struct buf journal = BUF_INIT;
	char *name;
	sqlite3_file *file = mem_calloc(1, vfs ? (size_t)vfs->szOsFile : 1);

	buf_addf(&journal, "%s-journal", path);
	name = (char *)sqlite3_create_filename(path, journal.p, "", 0, NULL);
	result = vfs && name ? vfs->xOpen(vfs, name, file, flags, &flags)
			     : SQLITE_NOMEM;
	if (result == SQLITE_OK)
		result = empty(vfs, file, name, wait_ms);
	if (file->pMethods)
		file->pMethods->xClose(file);
	free(file);
	buf_release(&journal);
	sqlite3_free_filename(name);
	return result == SQLITE_OK;
}
