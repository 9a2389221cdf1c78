/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/parts.h"

#include <string.h>

/* Files of a part, once it is parted; up to twice as many stay together. */
#define PART 256

/* Two work trees of one repository, and one with another `dir`, are two. */
static const char *place_name(const struct index *index)
{
	return arena_printf(index->a, "%s\n%s\n%s\n%lld",
			    repo_git_dir(index->repo),
			    repo_work_tree(index->repo), index->policy->dir,
			    (long long)index->sections);
}

static void bind_text(sqlite3_stmt *stmt, int number, const char *text)
{
	if (stmt)
		sqlite3_bind_text(stmt, number, text, -1, SQLITE_STATIC);
}

static void load_rows(struct parts *parts, sqlite3_stmt *rows)
{
	struct index *index = parts->index;

	while (db_step(&index->db, rows)) {
		struct part part = { .was = parts->before.nr };
		const char *first = (const char *)sqlite3_column_text(rows, 1);
		size_t n = (size_t)sqlite3_column_bytes(rows, 2);
		const void *bytes = sqlite3_column_blob(rows, 2);

		parts->place = sqlite3_column_int64(rows, 0);
		part.first = arena_strdup(index->a, first ? first : "");
		if (!bytes ||
		    !files_unpack(&parts->before, index->a,
				  arena_strndup(index->a, bytes, n), n))
			index->db.failure = SQLITE_CORRUPT;
		part.was_to = parts->before.nr;
		vec_push(index->a, parts, part);
	}
}

void parts_load(struct parts *parts, struct index *index)
{
	const char *name = place_name(index);
	sqlite3_stmt *rows = db_prepare(
		&index->db, "SELECT place.id, first, files FROM place"
			    " JOIN part ON part.place = place.id"
			    " WHERE name = ?1 ORDER BY first");

	*parts = (struct parts){ .index = index };
	bind_text(rows, 1, name);
	files_reserve(&parts->before, index->a, index->now.nr);
	load_rows(parts, rows);
	sqlite3_finalize(rows);
}

static size_t first_from(const struct files *files, const char *path)
{
	size_t low = 0, high = files->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(files->at[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void parts_share_out(struct parts *parts)
{
	struct arena *a = parts->index->a;
	const struct files *now = &parts->index->now;
	struct VEC_OF(struct part) old = { parts->at, parts->nr, 0 };

	parts->at = NULL;
	parts->nr = parts->cap = 0;
	if (!old.nr)
		vec_push(a, &old, (struct part){ 0 });
	for (size_t i = 0; i < old.nr; i++) {
		struct part part = old.at[i];
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
				 (struct part){ .from = at,
						.to = end - at > PART
							      ? at + PART
							      : end });
	}
}

static bool is_saved(const struct parts *parts, const struct part *part)
{
	const struct files *now = &parts->index->now;

	if (part->to - part->from != part->was_to - part->was)
		return false;
	for (size_t i = part->from, j = part->was; i < part->to; i++, j++)
		if (strcmp(now->at[i].path, parts->before.at[j].path) ||
		    !file_is_same(&now->at[i], &parts->before.at[j]))
			return false;
	return true;
}

static void find_place(struct parts *parts)
{
	struct db *db = &parts->index->db;
	const char *name = place_name(parts->index);
	sqlite3_stmt *add, *find;

	if (parts->place)
		return;
	add = db_prepare(db, "INSERT OR IGNORE INTO place(name, git_dir)"
			     " VALUES(?1, ?2)");
	bind_text(add, 1, name);
	bind_text(add, 2, repo_git_dir(parts->index->repo));
	db_do(db, add);
	sqlite3_finalize(add);
	find = db_prepare(db, "SELECT id FROM place WHERE name = ?1");
	bind_text(find, 1, name);
	if (db_step(db, find))
		parts->place = sqlite3_column_int64(find, 0);
	sqlite3_finalize(find);
}

bool parts_next(struct parts *parts, size_t known)
{
	for (; parts->saved < parts->nr; parts->saved++) {
		const struct part *part = &parts->at[parts->saved];

		if (part->to > known)
			return false;
		if (!is_saved(parts, part))
			return true;
	}
	return false;
}

void parts_save(struct parts *parts)
{
	struct db *db = &parts->index->db;
	const struct part *part = &parts->at[parts->saved++];
	const struct file *first = parts->index->now.at + part->from;
	sqlite3_stmt *drop = db_prepare(
		db, "DELETE FROM part WHERE place = ?1 AND first = ?2");
	sqlite3_stmt *add = db_prepare(
		db, "INSERT OR REPLACE INTO part(place, first, files)"
		    " VALUES(?1, ?2, ?3)");
	struct buf bytes = BUF_INIT;

	find_place(parts);
	if (drop && part->first) {
		sqlite3_bind_int64(drop, 1, parts->place);
		bind_text(drop, 2, part->first);
		db_do(db, drop);
	}
	files_pack(&bytes, first, part->to - part->from);
	if (add && bytes.n) {
		sqlite3_bind_int64(add, 1, parts->place);
		bind_text(add, 2, first->path);
		sqlite3_bind_blob(add, 3, bytes.p, (int)bytes.n, SQLITE_STATIC);
		db_do(db, add);
	}
	sqlite3_finalize(drop);
	sqlite3_finalize(add);
	buf_release(&bytes);
}
