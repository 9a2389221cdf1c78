/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/file_table.h"

#include "model/dirs.h"
#include <string.h>

#include "base/sorted.h"

/* Files of a part, once it is parted; up to twice as many stay together. */
#define PART 256

/* Two work trees of one repository, and one with another `dir`, are two. */
static const char *place_name(const struct index *index)
{
	return arena_printf(index->a, "%s\n%s\n%s\n%lld",
			    repo_git_dir(index->repo),
			    repo_work_tree(index->repo),
			    dirs_text(index->a, &index->policy->dirs),
			    (long long)index->sections);
}

static void bind_text(sqlite3_stmt *stmt, int number, const char *text)
{
	if (stmt)
		sqlite3_bind_text(stmt, number, text, -1, SQLITE_STATIC);
}

static int64_t query_number(struct db *db, const char *sql, int64_t place)
{
	sqlite3_stmt *stmt = db_prepare(db, sql);
	int64_t number = 0;

	if (stmt)
		sqlite3_bind_int64(stmt, 1, place);
	if (db_step(db, stmt))
		number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return number;
}

static const char *column_bytes(struct file_table *parts, sqlite3_stmt *row,
				int column, size_t *n)
{
	const char *bytes = sqlite3_column_blob(row, column);

	*n = (size_t)sqlite3_column_bytes(row, column);
	return arena_strndup(parts->index->a, bytes, *n);
}

static void unpack(struct file_table *parts, struct cached_files *out,
		   const char *bytes, size_t n)
{
	if (!stat_cache_unpack(out, parts->index->a, bytes, n))
		parts->index->db.failure = SQLITE_CORRUPT;
}

void file_table_load_place(struct file_table *parts, struct index *index)
{
	sqlite3_stmt *row = db_prepare(
		&index->db,
		"SELECT id, turn, folders FROM place WHERE name = ?1");
	const char *bytes;
	size_t n;

	*parts = (struct file_table){ .index = index };
	bind_text(row, 1, place_name(index));
	if (db_step(&index->db, row)) {
		parts->place = sqlite3_column_int64(row, 0);
		parts->turn = sqlite3_column_int64(row, 1);
		bytes = column_bytes(parts, row, 2, &n);
		unpack(parts, &parts->before.folders, bytes, n);
	}
	sqlite3_finalize(row);
}

static void load_rows(struct file_table *parts)
{
	struct index *index = parts->index;
	struct cached_files *files = &parts->before.files;
	sqlite3_stmt *rows = db_prepare(
		&index->db, "SELECT first, files FROM part WHERE place = ?1"
			    " ORDER BY first");

	stat_cache_reserve(files, index->a,
			   (size_t)query_number(&index->db,
						"SELECT count(*) FROM part"
						" WHERE place = ?1",
						parts->place) *
				   2 * PART);
	if (rows)
		sqlite3_bind_int64(rows, 1, parts->place);
	while (db_step(&index->db, rows)) {
		struct table_part part = { .was = files->nr };
		const char *bytes;
		size_t n;

		part.first = column_bytes(parts, rows, 0, &n);
		bytes = column_bytes(parts, rows, 1, &n);
		unpack(parts, files, bytes, n);
		part.was_to = files->nr;
		vec_push(index->a, parts, part);
	}
	sqlite3_finalize(rows);
}

void file_table_load(struct file_table *parts, struct index *index)
{
	file_table_load_place(parts, index);
	if (parts->place)
		load_rows(parts);
}

/* --- finding --- */

/* The files of the row that stands there. */
static void load_part(struct cached_files *out, struct file_table *parts,
		      sqlite3_stmt *row, const char *key)
{
	struct db *db = &parts->index->db;
	const char *bytes;
	size_t n;

	if (row)
		sqlite3_bind_int64(row, 1, parts->place);
	bind_text(row, 2, key);
	if (db_step(db, row)) {
		bytes = column_bytes(parts, row, 0, &n);
		unpack(parts, out, bytes, n);
	}
	sqlite3_finalize(row);
}

bool file_table_has(struct file_table *parts, const char *path)
{
	struct cached_files files = { 0 };

	load_part(&files, parts,
		  db_prepare(&parts->index->db,
			     "SELECT files FROM part"
			     " WHERE place = ?1 AND first <= ?2"
			     " ORDER BY first DESC LIMIT 1"),
		  path);
	for (size_t i = 0; i < files.nr; i++)
		if (!strcmp(files.at[i].path, path))
			return true;
	return false;
}

/* Those of one part; `ids` are the numbers of its files' ids. */
static void find_in_part(struct strs *out, struct file_table *parts,
			 const char *first, const char *ids, size_t nr,
			 uint32_t id)
{
	struct db *db = &parts->index->db;
	struct cached_files files = { 0 };

	load_part(&files, parts,
		  db_prepare(db, "SELECT files FROM part"
				 " WHERE place = ?1 AND first = ?2"),
		  first);
	if (files.nr != nr && db->failure == SQLITE_OK)
		db->failure = SQLITE_CORRUPT;
	for (size_t i = 0; i < nr && db->failure == SQLITE_OK; i++)
		if (!memcmp(ids + i * sizeof(id), &id, sizeof(id)))
			vec_push(parts->index->a, out, files.at[i].path);
}

static bool has_number(const char *ids, size_t nr, uint32_t id)
{
	for (size_t i = 0; i < nr; i++)
		if (!memcmp(ids + i * sizeof(id), &id, sizeof(id)))
			return true;
	return false;
}

void file_table_find(struct strs *out, struct file_table *parts, uint32_t id)
{
	struct db *db = &parts->index->db;
	sqlite3_stmt *rows = db_prepare(
		db, "SELECT first, ids FROM part_ids WHERE place = ?1");

	if (rows)
		sqlite3_bind_int64(rows, 1, parts->place);
	while (db_step(db, rows)) {
		const char *first = (const char *)sqlite3_column_text(rows, 0);
		const char *ids = sqlite3_column_blob(rows, 1);
		size_t nr = (size_t)sqlite3_column_bytes(rows, 1) / sizeof(id);

		if (ids && has_number(ids, nr, id))
			find_in_part(out, parts, first, ids, nr, id);
	}
	sqlite3_finalize(rows);
}

static int by_file_path(const void *path, const void *file)
{
	return strcmp(path, ((const struct cached_file *)file)->path);
}

static size_t first_from(const struct cached_files *files, const char *path)
{
	return sorted_first(path, files->at, files->nr, sizeof(*files->at),
			    by_file_path);
}

void file_table_share_out(struct file_table *parts)
{
	struct arena *a = parts->index->a;
	const struct cached_files *now = &parts->index->now;
	struct VEC_OF(struct table_part) old = { parts->at, parts->nr, 0 };

	parts->at = NULL;
	parts->nr = parts->cap = 0;
	if (!old.nr)
		vec_push(a, &old, (struct table_part){ 0 });
	for (size_t i = 0; i < old.nr; i++) {
		struct table_part part = old.at[i];
		size_t end = i + 1 < old.nr
				     ? first_from(now, old.at[i + 1].first)
				     : now->nr;

		part.from = i ? first_from(now, part.first) : 0;
		part.to = end;
		if (end - part.from > 2 * PART)
			part.to = part.from + PART;
		vec_push(a, parts, part);
		for (size_t at = part.to; at < end; at += PART)
			vec_push(a, parts,
				 (struct table_part){ .from = at,
						      .to = end - at > PART
								    ? at + PART
								    : end });
	}
}

static bool is_saved(const struct file_table *parts,
		     const struct table_part *part)
{
	const struct cached_files *now = &parts->index->now;

	if (part->to - part->from != part->was_to - part->was)
		return false;
	for (size_t i = part->from, j = part->was; i < part->to; i++, j++)
		if (!cached_file_is_same(&now->at[i],
					 &parts->before.files.at[j]))
			return false;
	return true;
}

static void make_place(struct file_table *parts)
{
	struct db *db = &parts->index->db;
	const char *name = place_name(parts->index);
	sqlite3_stmt *add = db_prepare(
		db, "INSERT OR IGNORE INTO place(name, git_dir, turn)"
		    " VALUES(?1, ?2, 0)");

	bind_text(add, 1, name);
	bind_text(add, 2, repo_git_dir(parts->index->repo));
	db_do(db, add);
	sqlite3_finalize(add);
}

/* Finds the place, and says that it is written to. */
static void take_turn(struct file_table *parts)
{
	struct db *db = &parts->index->db;
	sqlite3_stmt *set;
	int64_t turn;

	if (!parts->place) {
		sqlite3_stmt *find =
			db_prepare(db, "SELECT id FROM place WHERE name = ?1");

		make_place(parts);
		bind_text(find, 1, place_name(parts->index));
		if (db_step(db, find))
			parts->place = sqlite3_column_int64(find, 0);
		sqlite3_finalize(find);
	}
	turn = query_number(db, "SELECT turn FROM place WHERE id = ?1",
			    parts->place);
	parts->between |= turn != parts->turn;
	parts->turn = turn + 1;
	set = db_prepare(db, "UPDATE place SET turn = turn + 1, folders = x''"
			     " WHERE id = ?1");
	if (set)
		sqlite3_bind_int64(set, 1, parts->place);
	db_do(db, set);
	sqlite3_finalize(set);
	parts->before.folders.nr = 0;
}

bool file_table_next(struct file_table *parts, size_t known)
{
	for (; parts->saved < parts->nr; parts->saved++) {
		const struct table_part *part = &parts->at[parts->saved];

		if (part->to > known)
			return false;
		if (!is_saved(parts, part))
			return true;
	}
	return false;
}

/* Puts a row of a part into a table, in place of the one that stood there. */
static void save_row(struct file_table *parts, const char *table,
		     const char *was, const char *first,
		     const struct buf *bytes)
{
	struct db *db = &parts->index->db;
	struct buf sql = BUF_INIT;
	sqlite3_stmt *drop, *add;

	buf_addf(&sql, "DELETE FROM %s WHERE place = ?1 AND first = ?2", table);
	drop = db_prepare(db, sql.p);
	buf_reset(&sql);
	buf_addf(&sql, "INSERT OR REPLACE INTO %s VALUES(?1, ?2, ?3)", table);
	add = db_prepare(db, sql.p);
	if (drop && was) {
		sqlite3_bind_int64(drop, 1, parts->place);
		bind_text(drop, 2, was);
		db_do(db, drop);
	}
	if (add && bytes->n) {
		sqlite3_bind_int64(add, 1, parts->place);
		bind_text(add, 2, first);
		sqlite3_bind_blob(add, 3, bytes->p, (int)bytes->n,
				  SQLITE_STATIC);
		db_do(db, add);
	}
	sqlite3_finalize(drop);
	sqlite3_finalize(add);
	buf_release(&sql);
}

void file_table_save(struct file_table *parts)
{
	const struct table_part *part = &parts->at[parts->saved++];
	const struct cached_file *files = parts->index->now.at + part->from;
	size_t nr = part->to - part->from;
	const char *first = nr ? files->path : NULL;
	struct buf bytes = BUF_INIT, ids = BUF_INIT;

	take_turn(parts);
	stat_cache_pack(&bytes, files, nr);
	for (size_t i = 0; i < nr; i++)
		buf_add(&ids, &files[i].id, sizeof(files[i].id));
	save_row(parts, "part", part->first, first, &bytes);
	save_row(parts, "part_ids", part->first, first, &ids);
	buf_release(&bytes);
	buf_release(&ids);
}

bool file_table_lacks_folders(const struct file_table *parts)
{
	const struct cached_files *now = &parts->index->folders;
	const struct cached_files *before = &parts->before.folders;

	if (now->nr != before->nr)
		return !parts->between;
	for (size_t i = 0; i < now->nr; i++)
		if (!cached_file_is_same(&now->at[i], &before->at[i]))
			return true;
	return false;
}

void file_table_save_folders(struct file_table *parts)
{
	struct db *db = &parts->index->db;
	const struct cached_files *folders = &parts->index->folders;
	sqlite3_stmt *set =
		db_prepare(db, "UPDATE place SET folders = ?2 WHERE id = ?1");
	struct buf bytes = BUF_INIT;

	take_turn(parts);
	if (!parts->between)
		stat_cache_pack(&bytes, folders->at, folders->nr);
	if (set && bytes.n) {
		sqlite3_bind_int64(set, 1, parts->place);
		sqlite3_bind_blob(set, 2, bytes.p, (int)bytes.n, SQLITE_STATIC);
		db_do(db, set);
	}
	sqlite3_finalize(set);
	buf_release(&bytes);
}
