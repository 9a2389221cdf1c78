/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/match.h"

#include <string.h>

#include "index/tables.h"
#include "index/words.h"

/* By index/ingest.h's columns. */
static const double weights[COLUMNS] = {
	[SECTION_NONE] = 1,         [SECTION_SUMMARY] = 1,
	[SECTION_TIMELINE] = 1,     [SECTION_IMPACT] = 1,
	[SECTION_DIFFICULTIES] = 1, [SECTION_CAUSES] = 1,
	[SECTION_SOLUTIONS] = 1,    [SECTION_PITFALLS] = 4,
	[SECTION_WENT_WELL] = 1,    [SECTION_IMPROVEMENTS] = 1,
	[SECTION_ACTIONS] = 1,      [COLUMN_TITLE] = 8,
};

/* --- the words of SQLite's full-text search --- */

static void add_phrase(struct buf *out, const char *text, bool open)
{
	buf_addch(out, '"');
	for (const char *p = text; *p; p++)
		buf_addch(out, *p == '"' ? ' ' : *p);
	buf_addstr(out, open ? "\"*" : "\"");
}

static void add_none(struct buf *out, const struct strs *texts)
{
	buf_addch(out, '(');
	for (size_t i = 0; i < texts->nr; i++) {
		const char *text = texts->at[i];

		if (i)
			buf_addstr(out, " OR ");
		add_phrase(out, text, words_end_open(text, strlen(text)));
	}
	buf_addch(out, ')');
}

static void add_term_columns(struct buf *out, unsigned columns)
{
	if (!columns)
		return;
	buf_addch(out, '{');
	for (int i = 0; i < COLUMNS; i++) {
		if (!(columns & 1u << i))
			continue;
		buf_addch(out, ' ');
		tables_add_column(out, i);
	}
	buf_addstr(out, " } : ");
}

static void add_ways(struct buf *out, const struct ways *ways, bool any)
{
	buf_addch(out, '(');
	for (size_t i = 0; i < ways->nr; i++) {
		const struct way *way = &ways->at[i];

		if (i)
			buf_addstr(out, any ? " OR "
					: way[-1].choice == way->choice
						? " OR "
						: ") AND (");
		add_phrase(out, way->text, way->open);
	}
	buf_addch(out, ')');
}

static void add_terms(struct buf *out, const struct matching *m, bool any)
{
	add_term_columns(out, m->terms->columns);
	buf_addch(out, '(');
	add_ways(out, &m->ways, any);
	buf_addch(out, ')');
	if (m->terms->none.nr) {
		buf_addstr(out, " NOT ");
		add_none(out, &m->terms->none);
	}
}

/* --- matches --- */

/* `weigh(words)`: notes a row and how often it has each way. */
static void weigh_match(const Fts5ExtensionApi *api, Fts5Context *fts,
			sqlite3_context *result, int nr, sqlite3_value **values)
{
	struct matching *m = api->xUserData(fts);
	double *times = arena_alloc(m->a, (m->ways.nr + 1) * sizeof(*times));

	(void)nr;
	(void)values;
	for (size_t i = 0; i < m->ways.nr; i++) {
		Fts5PhraseIter at;
		int column, offset;
		int code =
			api->xPhraseFirst(fts, (int)i, &at, &column, &offset);

		for (; code == SQLITE_OK && column >= 0;
		     api->xPhraseNext(fts, &at, &column, &offset))
			times[i] += weights[column];
		if (code != SQLITE_OK)
			sqlite3_result_error_code(result, code);
	}
	vec_push(m->a, &m->matches,
		 (struct match){ .doc = api->xRowid(fts), .times = times });
}

/* The docs that an expression finds, as matches. */
static void match(struct matching *m, const char *expression)
{
	struct db *db = &m->index->db;
	sqlite3_stmt *stmt;

	m->matches = (struct matches){ 0 };
	if (db->failure == SQLITE_OK)
		db->failure = db_fts(db)->xCreateFunction(db_fts(db), "weigh",
							  m, weigh_match, NULL);
	stmt = db_prepare(db, "SELECT weigh(words) FROM words"
			      " WHERE words MATCH ?1 ORDER BY rowid");
	if (stmt)
		sqlite3_bind_text(stmt, 1, expression, -1, SQLITE_STATIC);
	while (db_step(db, stmt))
		;
	sqlite3_finalize(stmt);
}

/* From docs to the files that have them: none for one that only another place
 * has, several where files are the same. */
static void find_files(struct matching *m)
{
	struct matches docs = m->matches;
	size_t nr = m->index->files.nr, at = 0;

	m->matches = (struct matches){ 0 };
	for (size_t i = 0; i < docs.nr; i++) {
		struct match match = docs.at[i];

		while (at < nr && m->docs[at].doc < match.doc)
			at++;
		for (; at < nr && m->docs[at].doc == match.doc; at++) {
			match.file = match.place = m->docs[at].number;
			vec_push(m->a, &m->matches, match);
		}
	}
}

void match_all_but(struct matching *m)
{
	struct matches found;
	size_t at = 0;

	m->matches = (struct matches){ 0 };
	if (m->terms->none.nr) {
		struct buf expression = BUF_INIT;

		add_none(&expression, &m->terms->none);
		match(m, expression.p);
		buf_release(&expression);
	}
	find_files(m);
	found = m->matches;
	m->matches = (struct matches){ 0 };
	for (size_t i = 0; i < m->index->files.nr; i++) {
		size_t file = m->docs[i].number;

		if (at < found.nr && found.at[at].file == file)
			at++;
		else
			vec_push(m->a, &m->matches,
				 (struct match){ .file = file, .place = file });
	}
}

void match_ways(struct matching *m, bool any)
{
	struct buf expression = BUF_INIT;

	add_terms(&expression, m, any);
	match(m, expression.p);
	buf_release(&expression);
	find_files(m);
}

size_t match_count(struct matching *m, const char *text, bool open)
{
	struct db *db = &m->index->db;
	struct buf expression = BUF_INIT;
	size_t nr = m->index->files.nr, at = 0, count = 0;
	sqlite3_stmt *stmt = db_prepare(db, "SELECT rowid FROM words"
					    " WHERE words MATCH ?1"
					    " ORDER BY rowid");

	add_term_columns(&expression, m->terms->columns);
	add_phrase(&expression, text, open);
	if (stmt)
		sqlite3_bind_text(stmt, 1, expression.p, -1, SQLITE_STATIC);
	while (db_step(db, stmt)) {
		int64_t doc = sqlite3_column_int64(stmt, 0);

		while (at < nr && m->docs[at].doc < doc)
			at++;
		for (; at < nr && m->docs[at].doc == doc; at++)
			count++;
	}
	sqlite3_finalize(stmt);
	buf_release(&expression);
	return count;
}
