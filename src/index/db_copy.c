/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/db_copy.h"

#include <sqlite3.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"

/* The bytes of the head that say how it is written, and read: 1 is a journal,
 * 2 a log beside it, which memory has not. */
enum { HEAD = 100, WRITE_VERSION = 18, READ_VERSION = 19 };

/* What is beside it by this ending has bytes. */
static struct err *refuse_beside(struct arena *a, const char *path,
				 const char *ending)
{
	struct buf bytes = BUF_INIT;
	struct err *e = file_read_named(
		&bytes, arena_printf(a, "%s%s", path, ending), DB_COPY_MAX);
	bool open = !e && bytes.n > 0;

	buf_release(&bytes);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	if (e || !open)
		return e;
	return err_hint(
		err_new(ERR_UNSUPPORTED,
			_("'%s' is locked or in use: there are changes "
			  "in %s%s"),
			path, path_base(path), ending),
		_("try again once the program that writes it has ended"));
}

static struct err *load_copy(struct db *db, struct buf *bytes)
{
	unsigned char *copy = sqlite3_malloc64(bytes->n);

	if (!copy)
		return err_new(ERR_FAILED, _("out of memory"));
	memcpy(copy, bytes->p, bytes->n);
	copy[WRITE_VERSION] = copy[READ_VERSION] = 1;
	if (sqlite3_deserialize(
		    db->handle, "main", copy, (sqlite3_int64)bytes->n,
		    (sqlite3_int64)bytes->n,
		    SQLITE_DESERIALIZE_FREEONCLOSE |
			    SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
		return err_new(ERR_UNSUPPORTED, _("it is not a database"));
	return NULL;
}

struct err *db_copy(struct db *db, const char *path)
{
	struct arena arena = ARENA_INIT;
	struct buf bytes = BUF_INIT;
	struct err *e = file_read_named(&bytes, path, DB_COPY_MAX);

	db_open(db, NULL, 0);
	if (!e)
		e = refuse_beside(&arena, path, "-journal");
	if (!e)
		e = refuse_beside(&arena, path, "-wal");
	if (!e && (bytes.n < HEAD || memcmp(bytes.p, "SQLite format 3", 16)))
		e = err_new(ERR_UNSUPPORTED,
			    _("'%s' is not an SQLite database"), path);
	if (!e)
		e = load_copy(db, &bytes);
	buf_release(&bytes);
	arena_release(&arena);
	return e;
}
