/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/internal.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/file.h"
#include "index/listing.h"
#include "index/tables.h"

/* Seconds, and texts. */
#define YOUNG (24 * 60 * 60)
#define FEW   1024

/* Docs are taken out so many at a time. */
#define BATCH 256

struct sweep {
	struct index *index;
	struct arena arena;
	struct VEC_OF(int64_t) kept; /* sorted */
	struct VEC_OF(int64_t) dropped;
};

static int by_doc_number(const void *a, const void *b)
{
	const int64_t *one = a, *other = b;

	return *one < *other ? -1 : *one > *other;
}

static void run_for(struct db *db, const char *sql, int64_t number)
{
	sqlite3_stmt *stmt = db_prepare(db, sql);

	if (stmt)
		sqlite3_bind_int64(stmt, 1, number);
	db_do(db, stmt);
	sqlite3_finalize(stmt);
}

/* What cannot be told may be there. */
static bool is_gone(const char *dir)
{
	enum file_kind kind;
	struct err *e = file_look(&kind, dir);
	bool gone = !e && kind == FILE_NONE;

	err_free(e);
	return gone;
}

/* Work trees that were removed. */
static void drop_places(struct sweep *sweep)
{
	struct db *db = &sweep->index->db;
	sqlite3_stmt *places = db_prepare(db, "SELECT id, git_dir FROM place");
	struct VEC_OF(int64_t) gone = { 0 };

	while (db_step(db, places)) {
		const char *dir = (const char *)sqlite3_column_text(places, 1);

		if (!dir || is_gone(dir))
			vec_push(&sweep->arena, &gone,
				 sqlite3_column_int64(places, 0));
	}
	sqlite3_finalize(places);
	for (size_t i = 0; i < gone.nr; i++) {
		run_for(db, "DELETE FROM part WHERE place = ?1", gone.at[i]);
		run_for(db, "DELETE FROM part_ids WHERE place = ?1",
			gone.at[i]);
		run_for(db, "DELETE FROM place WHERE id = ?1", gone.at[i]);
	}
}

static void find_kept_docs(struct sweep *sweep)
{
	struct db *db = &sweep->index->db;
	sqlite3_stmt *parts = db_prepare(db, "SELECT files FROM part");

	while (db_step(db, parts)) {
		struct cached_files files = { 0 };

		if (!stat_cache_unpack(&files, &sweep->arena,
				       sqlite3_column_blob(parts, 0),
				       (size_t)sqlite3_column_bytes(parts, 0)))
			db->failure = SQLITE_CORRUPT;
		for (size_t i = 0; i < files.nr; i++)
			vec_push(&sweep->arena, &sweep->kept, files.at[i].doc);
	}
	sqlite3_finalize(parts);
	if (sweep->kept.nr)
		qsort(sweep->kept.at, sweep->kept.nr, sizeof(int64_t),
		      by_doc_number);
}

static bool is_kept(const struct sweep *sweep, int64_t doc)
{
	return sweep->kept.nr && bsearch(&doc, sweep->kept.at, sweep->kept.nr,
					 sizeof(doc), by_doc_number);
}

/* Words can only be taken out as they were put in, so those that another name
 * of a section sorted stay, until the index is made anew. */
static void find_dropped(struct sweep *sweep)
{
	struct db *db = &sweep->index->db;
	sqlite3_stmt *docs =
		db_prepare(db, "SELECT id FROM doc"
			       " WHERE found AND born < ?1 AND sections = ?2");

	if (docs) {
		sqlite3_bind_int64(docs, 1, moment_now().seconds - YOUNG);
		sqlite3_bind_int64(docs, 2, sweep->index->sections);
	}
	while (db_step(db, docs)) {
		int64_t doc = sqlite3_column_int64(docs, 0);

		if (!is_kept(sweep, doc))
			vec_push(&sweep->arena, &sweep->dropped, doc);
	}
	sqlite3_finalize(docs);
}

static void drop_words(struct index *index, int64_t doc,
		       const struct ingest *item)
{
	sqlite3_stmt *stmt = tables_prepare_words(&index->db, true);

	if (stmt)
		sqlite3_bind_int64(stmt, 1, doc);
	for (int i = 0; stmt && i < COLUMNS; i++)
		sqlite3_bind_text(stmt, i + 2, item->columns[i].p,
				  (int)item->columns[i].n, SQLITE_STATIC);
	db_do(&index->db, stmt);
	sqlite3_finalize(stmt);
}

static void drop_doc(struct db *db, int64_t doc)
{
	static const char *const statements[] = {
		"DELETE FROM text WHERE id = ?1",
		"DELETE FROM facts WHERE id = ?1",
	};

	for (size_t i = 0; i < ARRAY_SIZE(statements); i++)
		run_for(db, statements[i], doc);
}

static void drop_batch(struct sweep *sweep, const int64_t *docs, size_t nr)
{
	struct index *index = sweep->index;
	struct db *db = &index->db;
	struct arena arena = ARENA_INIT;
	struct diags ignored = { .arena = &arena };
	struct ingest items[BATCH] = { 0 };
	sqlite3_stmt *text =
		db_prepare(db, "SELECT bytes FROM text WHERE id = ?1");

	for (size_t i = 0; text && i < nr; i++) {
		items[i].bytes = "";
		sqlite3_bind_int64(text, 1, docs[i]);
		if (db_step(db, text)) {
			items[i].n = (size_t)sqlite3_column_bytes(text, 0);
			items[i].bytes = arena_strndup(
				&arena, sqlite3_column_blob(text, 0),
				items[i].n);
		}
		sqlite3_reset(text);
	}
	sqlite3_finalize(text);
	if (db->failure == SQLITE_OK) {
		ingest_read(items, nr, &arena, &ignored, index->repo,
			    index->policy);
		for (size_t i = 0; i < nr; i++) {
			drop_words(index, docs[i], &items[i]);
			drop_doc(db, docs[i]);
		}
		ingest_release(items, nr);
	}
	arena_release(&arena);
}

void index_prune(struct index *index)
{
	struct db *db = &index->db;
	struct sweep sweep = { .index = index };
	int64_t end = db_number(db, "SELECT max(id) FROM text");
	int64_t since = end - db_number(db, "SELECT upto FROM swept");

	if (db->failure != SQLITE_OK || since <= (int64_t)index->now.nr + FEW)
		return;
	drop_places(&sweep);
	find_kept_docs(&sweep);
	find_dropped(&sweep);
	for (size_t i = 0; i < sweep.dropped.nr && db->failure == SQLITE_OK;
	     i += BATCH)
		drop_batch(&sweep, sweep.dropped.at + i,
			   sweep.dropped.nr - i < BATCH ? sweep.dropped.nr - i
							: BATCH);
	listing_forget(db);
	db_run(db, "DELETE FROM doc WHERE id NOT IN (SELECT id FROM text)");
	run_for(db, "UPDATE swept SET upto = ?1", end);
	arena_release(&sweep.arena);
}
