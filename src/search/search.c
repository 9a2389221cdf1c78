/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/corpus.h"
#include "index/internal.h"
#include "index/tables.h"
#include "index/words.h"

/* BM25: how soon more of the same word counts no more, and how far a long text
 * counts less. The usual values. */
#define K1 1.2
#define B  0.75

/* By index/ingest.h's columns. */
static const double weights[COLUMNS] = {
	[SECTION_NONE] = 1,         [SECTION_SUMMARY] = 1,
	[SECTION_TIMELINE] = 1,     [SECTION_IMPACT] = 1,
	[SECTION_DIFFICULTIES] = 1, [SECTION_CAUSES] = 1,
	[SECTION_SOLUTIONS] = 1,    [SECTION_PITFALLS] = 4,
	[SECTION_WENT_WELL] = 1,    [SECTION_IMPROVEMENTS] = 1,
	[SECTION_ACTIONS] = 1,      [COLUMN_TITLE] = 8,
};

/* A file whose text has what is sought. */
struct match {
	int64_t doc;
	size_t file;
	const double *times; /* how often it has each phrase, weighted */
	double score;
	size_t place; /* among equals */
};
struct matches VEC_OF(struct match);

struct search {
	struct arena *a;
	struct index *index;
	const struct terms *terms;
	size_t limit;
	struct results *out;
	struct err *e;

	size_t phrases; /* of terms->all */
	struct index_doc *docs;
	struct matches matches;
};

/* --- the words of SQLite's full-text search --- */

static void add_phrase(struct buf *out, const char *text)
{
	buf_addch(out, '"');
	for (const char *p = text; *p; p++)
		buf_addch(out, *p == '"' ? ' ' : *p);
	buf_addstr(out, words_end_open(text, strlen(text)) ? "\"*" : "\"");
}

static void add_any(struct buf *out, const struct strs *texts)
{
	buf_addch(out, '(');
	for (size_t i = 0; i < texts->nr; i++) {
		if (i)
			buf_addstr(out, " OR ");
		add_phrase(out, texts->at[i]);
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

static void add_terms(struct buf *out, const struct terms *terms)
{
	add_term_columns(out, terms->columns);
	buf_addch(out, '(');
	for (size_t i = 0; i < terms->all.nr; i++) {
		if (i)
			buf_addstr(out, " AND ");
		add_any(out, &terms->all.at[i].any);
	}
	buf_addch(out, ')');
	if (terms->none.nr)
		buf_addstr(out, " NOT ");
	if (terms->none.nr)
		add_any(out, &terms->none);
}

/* --- matches --- */

/* `weigh(words)`: notes a row and how often it has each phrase. */
static void weigh(const Fts5ExtensionApi *api, Fts5Context *fts,
		  sqlite3_context *result, int nr, sqlite3_value **values)
{
	struct search *search = api->xUserData(fts);
	double *times =
		arena_alloc(search->a, (search->phrases + 1) * sizeof(*times));

	(void)nr;
	(void)values;
	for (size_t i = 0; i < search->phrases; i++) {
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
	vec_push(search->a, &search->matches,
		 (struct match){ .doc = api->xRowid(fts), .times = times });
}

/* The docs that an expression finds, as matches. */
static void match(struct search *search, const char *expression)
{
	struct db *db = &search->index->db;
	sqlite3_stmt *stmt;

	if (db->failure == SQLITE_OK)
		db->failure = db_fts(db)->xCreateFunction(db_fts(db), "weigh",
							  search, weigh, NULL);
	stmt = db_prepare(db, "SELECT weigh(words) FROM words"
			      " WHERE words MATCH ?1 ORDER BY rowid");
	if (stmt)
		sqlite3_bind_text(stmt, 1, expression, -1, SQLITE_STATIC);
	while (db_step(db, stmt))
		;
	sqlite3_finalize(stmt);
}

/* From docs to the files that hold them: none for one that only another place
 * has, several where files are the same. */
static void find_files(struct search *search)
{
	struct matches docs = search->matches;
	size_t nr = search->index->files.nr, at = 0;

	search->matches = (struct matches){ 0 };
	for (size_t i = 0; i < docs.nr; i++) {
		struct match match = docs.at[i];

		while (at < nr && search->docs[at].doc < match.doc)
			at++;
		for (; at < nr && search->docs[at].doc == match.doc; at++) {
			match.file = search->docs[at].number;
			vec_push(search->a, &search->matches, match);
		}
	}
}

/* Files without any of terms->none: all but those that are found. */
static void match_all_but(struct search *search)
{
	struct matches found;
	size_t at = 0;

	if (search->terms->none.nr) {
		struct buf expression = BUF_INIT;

		add_any(&expression, &search->terms->none);
		match(search, expression.p);
		buf_release(&expression);
	}
	find_files(search);
	found = search->matches;
	search->matches = (struct matches){ 0 };
	for (size_t i = 0; i < search->index->files.nr; i++) {
		size_t file = search->docs[i].number;

		if (at < found.nr && found.at[at].file == file)
			at++;
		else
			vec_push(search->a, &search->matches,
				 (struct match){ .file = file });
	}
}

static void match_terms(struct search *search)
{
	struct buf expression = BUF_INIT;

	add_terms(&expression, search->terms);
	match(search, expression.p);
	buf_release(&expression);
	find_files(search);
}

/* --- scores --- */

/* In how many files a phrase is. */
static size_t count_files(struct search *search, const char *phrase)
{
	struct db *db = &search->index->db;
	struct buf expression = BUF_INIT;
	size_t nr = search->index->files.nr, at = 0, count = 0;
	sqlite3_stmt *stmt = db_prepare(db, "SELECT rowid FROM words"
					    " WHERE words MATCH ?1"
					    " ORDER BY rowid");

	add_term_columns(&expression, search->terms->columns);
	add_phrase(&expression, phrase);
	if (stmt)
		sqlite3_bind_text(stmt, 1, expression.p, -1, SQLITE_STATIC);
	while (db_step(db, stmt)) {
		int64_t doc = sqlite3_column_int64(stmt, 0);

		while (at < nr && search->docs[at].doc < doc)
			at++;
		for (; at < nr && search->docs[at].doc == doc; at++)
			count++;
	}
	sqlite3_finalize(stmt);
	buf_release(&expression);
	return count;
}

/* How much each phrase tells: the fewer have it, the more. */
static double *find_worth(struct search *search)
{
	const struct terms *terms = search->terms;
	double *worth =
		arena_alloc(search->a, (search->phrases + 1) * sizeof(*worth));
	double all = (double)search->index->files.nr;
	bool counted = search->phrases == 1 && !terms->none.nr;
	size_t phrase = 0;

	for (size_t i = 0; i < terms->all.nr; i++)
		for (size_t j = 0; j < terms->all.at[i].any.nr; j++) {
			size_t have =
				counted ? search->matches.nr
					: count_files(
						  search,
						  terms->all.at[i].any.at[j]);

			worth[phrase++] = log(1 + (all - (double)have + 0.5) /
							  ((double)have + 0.5));
		}
	return worth;
}

static double mean_size(const struct cached_files *files)
{
	double sum = 0;

	for (size_t i = 0; i < files->nr; i++)
		sum += (double)files->at[i].bytes;
	return files->nr && sum > 0 ? sum / (double)files->nr : 1;
}

static void set_scores(struct search *search)
{
	const struct cached_files *files = &search->index->files;
	const double *worth = find_worth(search);
	double mean = mean_size(files);

	search->out->worth = worth;
	for (size_t i = 0; i < search->matches.nr; i++) {
		struct match *match = &search->matches.at[i];
		double size = (double)files->at[match->file].bytes / mean;
		double enough = K1 * (1 - B + B * size);

		for (size_t j = 0; j < search->phrases; j++)
			match->score += worth[j] * match->times[j] * (K1 + 1) /
					(match->times[j] + enough);
	}
}

/* --- filters --- */

static bool has_filters(const struct terms *terms)
{
	const struct query *q = &terms->query;

	return q->labels.nr || q->kinds.nr || q->releases.nr || q->paths.nr ||
	       q->authors.nr || q->since || terms->excluded.nr;
}

/* Takes those out that match the query; what query_filter() keeps stays in
 * order. */
static struct err *exclude(struct corpus *corpus, const struct query *query)
{
	struct corpus some = *corpus;
	struct retros *retros = &corpus->retros;
	struct err *e;
	size_t kept = 0, at = 0;

	some.retros = (struct retros){ 0 };
	for (size_t i = 0; i < retros->nr; i++)
		vec_push(corpus->arena, &some.retros, retros->at[i]);
	e = query_filter(&some, query);
	for (size_t i = 0; !e && i < retros->nr; i++)
		if (at < some.retros.nr && some.retros.at[at] == retros->at[i])
			at++;
		else
			retros->at[kept++] = retros->at[i];
	if (!e)
		retros->nr = kept;
	return e;
}

static struct err *filter(struct corpus *corpus, const struct terms *terms)
{
	struct err *e = query_filter(corpus, &terms->query);

	for (size_t i = 0; !e && i < terms->excluded.nr; i++)
		e = exclude(corpus, &terms->excluded.at[i]);
	return e;
}

static int by_doc_path(const void *path, const void *file)
{
	return strcmp(path, ((const struct cached_file *)file)->path);
}

/* Keeps the matches whose retros pass the filters; without words, they count
 * as the corpus is sorted. */
static struct err *apply_filters(struct search *search)
{
	struct index *index = search->index;
	struct matches *matches = &search->matches;
	size_t *numbers =
		arena_alloc(search->a, (matches->nr + 1) * sizeof(*numbers));
	size_t *places =
		arena_alloc(search->a, (index->files.nr + 1) * sizeof(*places));
	struct diags ignored = { .arena = search->a };
	struct retros retros = { 0 };
	struct corpus corpus;
	size_t kept = 0;
	struct err *e;

	for (size_t i = 0; i < matches->nr; i++)
		numbers[i] = matches->at[i].file;
	index_survey(&retros, index, &ignored, numbers, matches->nr);
	corpus_of(&corpus, search->a, index->repo, index->policy, index->commit,
		  &retros);
	e = filter(&corpus, search->terms);
	for (size_t i = 0; !e && i < corpus.retros.nr; i++) {
		const struct cached_file *file =
			bsearch(corpus.retros.at[i]->path, index->files.at,
				index->files.nr, sizeof(*file), by_doc_path);

		places[file - index->files.at] = i + 1;
	}
	for (size_t i = 0; !e && i < matches->nr; i++) {
		struct match match = matches->at[i];

		if (!places[match.file])
			continue;
		match.place = search->phrases ? match.file : places[match.file];
		matches->at[kept++] = match;
	}
	matches->nr = kept;
	return e;
}

/* --- the best --- */

static int best_first(const void *a, const void *b)
{
	const struct match *one = a, *other = b;

	if (one->score > other->score || one->score < other->score)
		return one->score > other->score ? -1 : 1;
	return one->place < other->place ? -1 : one->place > other->place;
}

/* Mostly a match is worse than the worst of the best so far. */
static void keep_best(struct search *search)
{
	struct match *at = search->matches.at;
	size_t nr = search->matches.nr, limit = search->limit, kept = 0;

	if (!limit || nr <= limit) {
		if (nr)
			qsort(at, nr, sizeof(*at), best_first);
		return;
	}
	for (size_t i = 0; i < nr; i++) {
		struct match match = at[i];
		size_t j = kept;

		if (kept == limit && best_first(&match, &at[kept - 1]) > 0)
			continue;
		kept += kept < limit;
		for (j = kept - 1; j && best_first(&match, &at[j - 1]) < 0; j--)
			at[j] = at[j - 1];
		at[j] = match;
	}
	search->matches.nr = kept;
}

static void show_best(struct search *search)
{
	struct index *index = search->index;
	const struct matches *matches = &search->matches;
	size_t *numbers =
		arena_alloc(search->a, (matches->nr + 1) * sizeof(*numbers));
	struct diags ignored = { .arena = search->a };
	struct retros retros = { 0 };
	struct corpus dated;

	for (size_t i = 0; i < matches->nr; i++)
		numbers[i] = matches->at[i].file;
	index_survey(&retros, index, &ignored, numbers, matches->nr);
	for (size_t i = 0; i < retros.nr; i++) {
		struct retro *retro = retros.at[i];
		struct result hit = { .retro = retro,
				      .score = matches->at[i].score,
				      .times = matches->at[i].times };

		if (!index_text(index, numbers[i], retro))
			return;
		snippet_find(&hit.snippet, search->a, &index->db, retro,
			     index->policy, search->terms);
		vec_push(search->a, search->out, hit);
	}
	corpus_of(&dated, search->a, index->repo, index->policy, index->commit,
		  &retros);
}

/* --- all of it --- */

static void find_ranked(struct index *index, void *data)
{
	struct search *search = data;
	const struct terms *terms = search->terms;

	*search->out = (struct results){ 0 };
	search->index = index;
	search->matches = (struct matches){ 0 };
	search->docs = index_docs(index);
	if (terms->all.nr)
		match_terms(search);
	else
		match_all_but(search);
	for (size_t i = 0; i < search->matches.nr; i++)
		search->matches.at[i].place = search->matches.at[i].file;
	if (terms->all.nr)
		set_scores(search);
	err_free(search->e);
	search->e = NULL;
	if (has_filters(terms) || !terms->all.nr)
		search->e = apply_filters(search);
	search->out->total = search->matches.nr;
	search->out->files = index->files.nr;
	keep_best(search);
	if (!search->e)
		show_best(search);
}

struct err *search_run(struct results *out, struct arena *a, struct repo *repo,
		       const struct policy *policy, const struct terms *terms,
		       size_t limit, struct diags *diags)
{
	struct search search = {
		.a = a, .terms = terms, .limit = limit, .out = out
	};
	struct index *index = NULL;
	struct err *e;

	*out = (struct results){ 0 };
	for (size_t i = 0; i < terms->all.nr; i++)
		search.phrases += terms->all.at[i].any.nr;
	if (!search.phrases && !terms->none.nr && !has_filters(terms))
		return NULL; /* there are no words in it */
	e = index_open(&index, a, repo, policy, NULL, INDEX_SEARCH, diags);
	if (!e && index_files(index)->nr)
		e = index_do(index, find_ranked, &search);
	index_close(index);
	if (e)
		err_free(search.e);
	return e ? e : search.e;
}
