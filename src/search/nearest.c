/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/nearest.h"

#include <string.h>

#include "base/text.h"
#include "index/tokenizer.h"

/* A shorter one is like too many. Bytes. */
#define WORD_LEAST 4
/* So many texts have a word whose spelling is looked for. */
#define TEXTS_MAX 5

struct only_word {
	struct arena *a;
	const char *text; /* stemmed; NULL: none yet */
	bool several;
};

static int note_only_word(void *data, const struct word *word)
{
	struct only_word *only = data;

	only->several = only->text != NULL;
	only->text = arena_strndup(only->a, word->text, word->n);
	return only->several;
}

/* Words differ in length by an edit each. */
static bool may_be_near(size_t n, size_t m, size_t most)
{
	return (n > m ? n - m : m - n) <= most;
}

/* The stem in the vocabulary that is nearest and stands in a file, of those that
 * begin with the same letter: few people mistake that. */
static const char *find_stem(struct matching *m, const char *sought)
{
	struct db *db = &m->index->db;
	size_t n = strlen(sought), best = n / 3 + 1;
	const char first[] = { *sought, (char)(*sought + 1) };
	const char *found = NULL;
	sqlite3_stmt *stmt;

	db_run(db, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary"
		   " USING fts5vocab(main, words, row)");
	stmt = db_prepare(db, "SELECT term FROM temp.vocabulary"
			      " WHERE term >= ?1 AND term < ?2");
	if (stmt) {
		sqlite3_bind_text(stmt, 1, first, 1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 2, first + 1, 1, SQLITE_STATIC);
	}
	while (db_step(db, stmt)) {
		const char *term = (const char *)sqlite3_column_text(stmt, 0);
		size_t distance;

		if (!term || (unsigned char)*term >= 0x80 ||
		    !may_be_near(n, strlen(term), best - 1))
			continue;
		distance = text_distance(sought, term);
		if (distance >= best || !match_count(m, term, false))
			continue;
		best = distance;
		found = arena_strdup(m->a, term);
	}
	sqlite3_finalize(stmt);
	return found;
}

struct spelling {
	struct arena *a;
	const char *stem, *text, *found;
};

static int note_spelling(void *data, const struct word *word)
{
	struct spelling *spelling = data;

	if (strlen(spelling->stem) != word->n ||
	    memcmp(spelling->stem, word->text, word->n) != 0)
		return 0;
	spelling->found =
		arena_strndup(spelling->a, spelling->text + word->from,
			      word->to - word->from);
	return 1;
}

/* A word of this stem in one of the texts. */
static const char *find_spelling(struct matching *m, const char *stem)
{
	struct db *db = &m->index->db;
	struct spelling spelling = { .a = m->a, .stem = stem };
	sqlite3_stmt *stmt = db_prepare(
		db, "SELECT bytes FROM text WHERE id IN"
		    " (SELECT rowid FROM words WHERE words MATCH ?1 LIMIT ?2)");

	if (stmt) {
		sqlite3_bind_text(stmt, 1, arena_printf(m->a, "\"%s\"", stem),
				  -1, SQLITE_STATIC);
		sqlite3_bind_int(stmt, 2, TEXTS_MAX);
	}
	while (!spelling.found && db_step(db, stmt)) {
		const char *bytes = sqlite3_column_blob(stmt, 0);

		spelling.text = bytes;
		if (bytes)
			tokenizer_cut(db, bytes,
				      (size_t)sqlite3_column_bytes(stmt, 0), 0,
				      note_spelling, &spelling);
	}
	sqlite3_finalize(stmt);
	return spelling.found;
}

const char *nearest_in_texts(struct matching *m, const char *text)
{
	struct only_word only = { .a = m->a };
	const char *stem;

	tokenizer_cut(&m->index->db, text, strlen(text), WORDS_SOUGHT,
		      note_only_word, &only);
	if (!only.text || only.several || strlen(only.text) < WORD_LEAST ||
	    (unsigned char)*only.text >= 0x80)
		return NULL;
	stem = find_stem(m, only.text);
	return stem ? find_spelling(m, stem) : NULL;
}
