/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/tables.h"

#include <string.h>

#include "base/attr.h"
#include "base/checksum.h"
#include "index/ingest.h"
#include "model/field.h"

/* What belongs to a text goes by its number, `id`. `found`: it is in `words`.
 * `born` is when it came, in seconds; docs below swept.upto were looked through
 * for those that nothing needs any more. A `part` is some of a work tree's
 * files (index/stat_cache.h), from the path `first` on, and `part_ids` has a
 * hash of each one's id, to find it without reading them; a place counts the
 * turns in which it was written to, and its folders are empty unless its parts
 * contain all files. What differs in size lies apart, so that each can be read
 * through fast. The columns of `words` are made by tables_make(). */
const struct index_table index_tables[] = {
	{ "doc", 1,
	  "CREATE TABLE doc(blob BLOB, sections INTEGER, id INTEGER,"
	  " found INTEGER, born INTEGER, size INTEGER,"
	  " PRIMARY KEY(blob, sections)) WITHOUT ROWID" },
	{ "text", 1, "CREATE TABLE text(id INTEGER PRIMARY KEY, bytes BLOB)" },
	{ "facts", 19,
	  "CREATE TABLE facts(id INTEGER PRIMARY KEY, bytes BLOB)" },
	{ "place", 2,
	  "CREATE TABLE place(id INTEGER PRIMARY KEY, name TEXT UNIQUE,"
	  " git_dir TEXT, turn INTEGER, folders BLOB)" },
	{ "part", 2,
	  "CREATE TABLE part(place INTEGER, first TEXT, files BLOB,"
	  " UNIQUE(place, first))" },
	{ "part_ids", 2,
	  "CREATE TABLE part_ids(place INTEGER, first TEXT, ids BLOB,"
	  " PRIMARY KEY(place, first)) WITHOUT ROWID" },
	{ "listing", 3,
	  "CREATE TABLE listing(id INTEGER PRIMARY KEY,"
	  " tree BLOB, dir TEXT, sections INTEGER, found INTEGER, nr INTEGER,"
	  " files BLOB, UNIQUE(tree, dir, sections, found))" },
	{ "swept", 1,
	  "CREATE TABLE swept(upto INTEGER); INSERT INTO swept VALUES(0)" },
	{ "words", 3,
	  "CREATE VIRTUAL TABLE words USING fts5(%s, content = '',"
	  " columnsize = 0, tokenize = 'porter retro');"
	  /* Fewer and larger pieces are put together less often. */
	  "INSERT INTO words(words, rank) VALUES('hashsize', 33554432)" },
};
const size_t index_table_count = ARRAY_SIZE(index_tables);

/* With the fields: another one, or another spelling of one, reads every text
 * anew, and no version need be raised for it. */
static uint64_t add_field_sums(uint64_t sum)
{
	for (size_t i = 0; i < field_count; i++) {
		const struct field *field = &field_table[i];
		const uint64_t what[] = { (uint64_t)field->number,
					  (uint64_t)field->type };

		sum = checksum_bytes(sum, what, sizeof(what));
		sum = checksum_bytes(sum, field->key, strlen(field->key) + 1);
		for (size_t j = 0; field->aliases && field->aliases[j]; j++)
			sum = checksum_bytes(sum, field->aliases[j],
					     strlen(field->aliases[j]) + 1);
	}
	return sum;
}

int32_t tables_version(void)
{
	uint64_t sum = add_field_sums(COLUMNS);

	for (size_t i = 0; i < index_table_count; i++) {
		const struct index_table *table = &index_tables[i];
		uint64_t version = (uint64_t)table->version;

		sum = checksum_bytes(sum, &version, sizeof(version));
		sum = checksum_bytes(sum, table->schema, strlen(table->schema));
	}
	return (int32_t)(sum % INT32_MAX) + 1;
}

void tables_add_column(struct buf *out, int column)
{
	buf_addf(out, "c%d", column);
}

static void add_columns(struct buf *out)
{
	for (int i = 0; i < COLUMNS; i++) {
		if (i)
			buf_addstr(out, ", ");
		tables_add_column(out, i);
	}
}

static void add_table(struct buf *out, const struct index_table *table)
{
	const char *at = strstr(table->schema, "%s");
	size_t n = at ? (size_t)(at - table->schema) : strlen(table->schema);

	buf_add(out, table->schema, n);
	if (!at)
		return;
	add_columns(out);
	buf_addstr(out, at + 2);
}

void tables_make(struct db *db)
{
	struct buf sql = BUF_INIT;

	for (size_t i = 0; i < index_table_count; i++) {
		buf_reset(&sql);
		add_table(&sql, &index_tables[i]);
		db_run(db, sql.p);
	}
	buf_release(&sql);
}

/* How many things of the file are none of the tables above, by their text (?1).
 * Of the words' own tables, which are SQLite's, the names are known. */
static const char strangers[] =
	"SELECT count(*) FROM sqlite_schema WHERE NOT coalesce("
	" (type = 'index' AND sql IS NULL AND name LIKE 'sqlite_autoindex_%')"
	" OR (type = 'table' AND instr(?1, sql || ';') > 0)"
	" OR (type = 'table' AND name = 'sqlite_sequence'"
	"  AND sql = 'CREATE TABLE sqlite_sequence(name,seq)')"
	" OR (type = 'table' AND name IN ('words_data', 'words_idx',"
	"  'words_docsize', 'words_config', 'words_content')"
	"  AND sql LIKE 'CREATE TABLE ''words_%'), false)";

bool tables_are_ours(struct db *db)
{
	sqlite3_stmt *stmt = db_prepare(db, strangers);
	struct buf sql = BUF_INIT;
	int64_t number = 0;

	for (size_t i = 0; i < index_table_count; i++) {
		add_table(&sql, &index_tables[i]);
		buf_addch(&sql, ';');
	}
	if (stmt)
		sqlite3_bind_text(stmt, 1, sql.p, (int)sql.n, SQLITE_STATIC);
	if (db_step(db, stmt))
		number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	buf_release(&sql);
	if (number && db->failure == SQLITE_OK)
		db->failure = SQLITE_CORRUPT;
	return !number && db->failure == SQLITE_OK;
}

sqlite3_stmt *tables_prepare_words(struct db *db, bool remove)
{
	struct buf sql = BUF_INIT;
	sqlite3_stmt *stmt;

	buf_addf(&sql, "INSERT INTO words(%srowid, ", remove ? "words, " : "");
	add_columns(&sql);
	buf_addf(&sql, ") VALUES(%s?1", remove ? "'delete', " : "");
	for (int i = 0; i < COLUMNS; i++)
		buf_addf(&sql, ", ?%d", i + 2);
	buf_addch(&sql, ')');
	stmt = db_prepare(db, sql.p);
	buf_release(&sql);
	return stmt;
}
