/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/cursor.h"

/* To step over so many rows takes as long as a search. */
#define NEAR 4

void cursor_open(struct cursor *out, struct db *db, const char *table)
{
	char sql[80];

	sqlite3_snprintf(sizeof(sql), sql,
			 "SELECT id, bytes FROM %s WHERE id >= ?1 ORDER BY id",
			 table);
	*out = (struct cursor){ .db = db, .rows = db_prepare(db, sql) };
}

void cursor_close(struct cursor *c)
{
	sqlite3_finalize(c->rows);
	c->rows = NULL;
}

static void step_cursor(struct cursor *c)
{
	c->at = db_step(c->db, c->rows) ? sqlite3_column_int64(c->rows, 0) : 0;
}

static void seek_cursor(struct cursor *c, int64_t id)
{
	sqlite3_reset(c->rows);
	sqlite3_bind_int64(c->rows, 1, id);
	step_cursor(c);
}

const char *cursor_bytes(struct cursor *c, int64_t id, size_t *n)
{
	const char *bytes;

	if (!c->rows || c->db->failure != SQLITE_OK)
		return NULL;
	if (!c->at || id < c->at || id - c->at > NEAR)
		seek_cursor(c, id);
	while (c->at && c->at < id)
		step_cursor(c);
	if (c->at != id) {
		if (c->db->failure == SQLITE_OK)
			c->db->failure = SQLITE_BUSY;
		return NULL;
	}
	bytes = sqlite3_column_blob(c->rows, 1);
	*n = (size_t)sqlite3_column_bytes(c->rows, 1);
	if (*n && !bytes)
		c->db->failure = SQLITE_NOMEM;
	else if (!bytes)
		bytes = "";
	return bytes;
}
