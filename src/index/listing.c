/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/listing.h"

#include "git/tree.h"
#include "index/stat_cache.h"

/* Others are listed again when they are asked for. */
#define KEPT "32"

bool listing_tree(struct oid *out, const struct index *index)
{
	return index->commit &&
	       tree_id(out, index->repo, index->commit, index->policy->dir);
}

/* The folder, by which names of sections it was sorted, and whether its words
 * are in the index, too. */
static void bind_key(sqlite3_stmt *stmt, const struct index *index)
{
	if (!stmt)
		return;
	sqlite3_bind_blob(stmt, 1, index->tree.raw, OID_RAW, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, index->policy->dir, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 3, index->sections);
	sqlite3_bind_int(stmt, 4, index->flags & INDEX_SEARCH);
}

bool listing_load(struct index *index)
{
	struct db *db = &index->db;
	sqlite3_stmt *row = db_prepare(
		db, "SELECT files, nr FROM listing WHERE tree = ?1"
		    " AND dir = ?2 AND sections = ?3 AND found = ?4");
	bool found = false;

	bind_key(row, index);
	if (db_step(db, row)) {
		size_t n = (size_t)sqlite3_column_bytes(row, 0);
		const char *bytes =
			arena_strndup(index->a, sqlite3_column_blob(row, 0), n);

		index->now = (struct cached_files){ 0 };
		stat_cache_reserve(&index->now, index->a,
				   (size_t)sqlite3_column_int64(row, 1));
		found = stat_cache_unpack(&index->now, index->a, bytes, n);
		if (!found)
			db->failure = SQLITE_CORRUPT;
	}
	sqlite3_finalize(row);
	return found;
}

void listing_save(struct index *index)
{
	struct db *db = &index->db;
	sqlite3_stmt *row = db_prepare(
		db, "INSERT OR REPLACE INTO listing(tree, dir, sections, found,"
		    " nr, files) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
	struct buf files = BUF_INIT;

	stat_cache_pack(&files, index->now.at, index->now.nr);
	bind_key(row, index);
	if (row) {
		sqlite3_bind_int64(row, 5, (int64_t)index->now.nr);
		sqlite3_bind_blob(row, 6, files.p, (int)files.n, SQLITE_STATIC);
	}
	db_do(db, row);
	sqlite3_finalize(row);
	buf_release(&files);
	db_run(db, "DELETE FROM listing WHERE id NOT IN (SELECT id FROM"
		   " listing ORDER BY id DESC LIMIT " KEPT ")");
}

void listing_forget(struct db *db)
{
	db_run(db, "DELETE FROM listing");
}
