/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/listing.h"

#include <string.h>

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

/* --- as bytes --- */

/* What stands before each path and its NUL: the doc, and the size of its
 * text. */
#define HEAD (sizeof(int64_t) + sizeof(uint32_t))

static void pack_listing(struct buf *out, const struct cached_files *files)
{
	for (size_t i = 0; i < files->nr; i++) {
		const struct cached_file *file = &files->at[i];

		buf_add(out, (const char *)&file->doc, sizeof(file->doc));
		buf_add(out, (const char *)&file->bytes, sizeof(file->bytes));
		buf_add(out, file->path, strlen(file->path) + 1);
	}
}

/* The paths are borrowed from the bytes. */
static bool unpack_listing(struct cached_files *out, struct arena *a,
			   const char *bytes, size_t n)
{
	while (n) {
		const char *path = bytes + HEAD, *nul;
		struct cached_file file = { .path = path };

		nul = n > HEAD ? memchr(path, '\0', n - HEAD) : NULL;
		if (!nul)
			return false;
		memcpy(&file.doc, bytes, sizeof(file.doc));
		memcpy(&file.bytes, bytes + sizeof(file.doc),
		       sizeof(file.bytes));
		vec_push(a, out, file);
		n -= (size_t)(nul + 1 - bytes);
		bytes = nul + 1;
	}
	return true;
}

/* Straight to where it stays: it can be large. */
static bool read_listing(struct index *index, int64_t id, int64_t nr)
{
	struct db *db = &index->db;
	sqlite3_blob *files = NULL;
	char *bytes = NULL;
	size_t n = 0;

	db->failure = sqlite3_blob_open(db->handle, "main", "listing", "files",
					id, 0, &files);
	if (db->failure == SQLITE_OK) {
		n = (size_t)sqlite3_blob_bytes(files);
		bytes = arena_alloc(index->a, n + 1);
		db->failure = sqlite3_blob_read(files, bytes, (int)n, 0);
	}
	sqlite3_blob_close(files);
	if (db->failure != SQLITE_OK)
		return false;
	index->now = (struct cached_files){ 0 };
	if (nr < 0 || (uint64_t)nr > n / HEAD) {
		db->failure = SQLITE_CORRUPT;
		return false;
	}
	stat_cache_reserve(&index->now, index->a, (size_t)nr);
	if (!unpack_listing(&index->now, index->a, bytes, n))
		db->failure = SQLITE_CORRUPT;
	return db->failure == SQLITE_OK;
}

bool listing_load(struct index *index)
{
	struct db *db = &index->db;
	sqlite3_stmt *row = db_prepare(
		db, "SELECT id, nr FROM listing WHERE tree = ?1"
		    " AND dir = ?2 AND sections = ?3 AND found = ?4");
	bool found = false;

	bind_key(row, index);
	if (db_step(db, row))
		found = read_listing(index, sqlite3_column_int64(row, 0),
				     sqlite3_column_int64(row, 1));
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

	pack_listing(&files, &index->now);
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
