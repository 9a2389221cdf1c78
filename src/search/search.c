/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/corpus.h"
#include "index/internal.h"
#include "search/match.h"
#include "search/nearest.h"
#include "search/rank.h"

/* Where fewer have all of the words, those with most of them are told, too. */
#define FEW 3
/* So many of the best are looked at closely: how near the words stand. */
#define CLOSELY 50
/* A match with less of what is sought, or with so much less than the one with
 * the most, is none. */
#define SHARE_LEAST   0.25
#define SHARE_OF_MOST 0.4

struct search {
	struct matching m;
	size_t limit;
	enum ways_depth depth;
	struct results *out;
	struct err *e;
	const double *worth;
};

/* --- filters --- */

static bool has_search_filters(const struct terms *terms)
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
	struct index *index = search->m.index;
	struct matches *matches = &search->m.matches;
	size_t *numbers =
		arena_alloc(search->m.a, (matches->nr + 1) * sizeof(*numbers));
	size_t *places = arena_alloc(search->m.a,
				     (index->files.nr + 1) * sizeof(*places));
	struct diags ignored = { .arena = search->m.a };
	struct retros retros = { 0 };
	struct corpus corpus;
	size_t kept = 0;
	struct err *e;

	for (size_t i = 0; i < matches->nr; i++)
		numbers[i] = matches->at[i].file;
	index_survey(&retros, index, &ignored, numbers, matches->nr);
	corpus_of(&corpus, search->m.a, index->repo, index->policy,
		  index->commit, &retros);
	e = filter(&corpus, search->m.terms);
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
		match.place = search->m.terms->all.nr ? match.file
						      : places[match.file];
		matches->at[kept++] = match;
	}
	matches->nr = kept;
	return e;
}

/* --- the best --- */

/* Mostly a match is worse than the worst of the best so far. */
static void keep_best(struct matches *matches, size_t limit)
{
	struct match *at = matches->at;
	size_t nr = matches->nr, kept = 0;

	if (!limit || nr <= limit) {
		if (nr)
			qsort(at, nr, sizeof(*at), rank_best_first);
		return;
	}
	for (size_t i = 0; i < nr; i++) {
		struct match match = at[i];
		size_t j = kept;

		if (kept == limit && rank_best_first(&match, &at[kept - 1]) > 0)
			continue;
		kept += kept < limit;
		for (j = kept - 1; j && rank_best_first(&match, &at[j - 1]) < 0;
		     j--)
			at[j] = at[j - 1];
		at[j] = match;
	}
	matches->nr = kept;
}

/* The retros of the matches, in their order, each with its bytes; fewer where
 * the database fails. */
static void read_matches(struct retros *out, struct search *search, size_t nr)
{
	struct matching *m = &search->m;
	size_t *numbers = arena_alloc(m->a, (nr + 1) * sizeof(*numbers));
	struct diags ignored = { .arena = m->a };

	for (size_t i = 0; i < nr; i++)
		numbers[i] = m->matches.at[i].file;
	index_survey(out, m->index, &ignored, numbers, nr);
	for (size_t i = 0; i < out->nr; i++)
		if (!index_text(m->index, numbers[i], out->at[i]))
			out->nr = i;
}

/* Of those in parts that were not looked at, none; where the parts of the only
 * choice stand near one another in some, only these. */
static void drop_far(struct search *search, size_t looked)
{
	struct matches *matches = &search->m.matches;
	size_t kept = 0;
	bool near = false;

	for (size_t i = 0; i < looked && search->m.terms->all.nr == 1; i++)
		near |= matches->at[i].near;
	for (size_t i = 0; i < matches->nr; i++)
		if (matches->at[i].full ||
		    (i < looked && (!near || matches->at[i].near)))
			matches->at[kept++] = matches->at[i];
	matches->nr = kept;
}

/* Looks closely at the best, and puts them into order anew. */
static void look_closely(struct search *search, const struct spotter *spotter)
{
	struct matches *matches = &search->m.matches;
	size_t nr = matches->nr < CLOSELY ? matches->nr : CLOSELY;
	struct retros retros = { 0 };

	if (search->m.terms->plain || !search->m.terms->all.nr || !matches->nr)
		return;
	qsort(matches->at, matches->nr, sizeof(*matches->at), rank_best_first);
	read_matches(&retros, search, nr);
	for (size_t i = 0; i < retros.nr; i++)
		rank_text(&matches->at[i], &search->m, search->worth, spotter,
			  retros.at[i]);
	if (search->depth == WAYS_PARTS)
		drop_far(search, retros.nr);
}

static void show_best(struct search *search, const struct spotter *spotter)
{
	struct index *index = search->m.index;
	const struct matches *matches = &search->m.matches;
	struct retros retros = { 0 };
	struct corpus dated;

	read_matches(&retros, search, matches->nr);
	for (size_t i = 0; i < retros.nr; i++) {
		const struct match *match = &matches->at[i];
		struct result hit = { .retro = retros.at[i],
				      .score = match->score,
				      .times = match->times,
				      .full = match->full,
				      .has = match->has,
				      .near = match->near };

		snippet_find(&hit.snippet, search->m.a, spotter, retros.at[i],
			     index->policy, search->m.terms);
		vec_push(search->m.a, search->out, hit);
	}
	corpus_of(&dated, search->m.a, index->repo, index->policy,
		  index->commit, &retros);
}

/* --- rounds --- */

/* Those that have most of what is sought, by what it is worth, of those that do
 * not have all. */
static void keep_most(struct search *search)
{
	struct matches *matches = &search->m.matches;
	size_t full = 0, kept = 0;
	double most = 0;

	for (size_t i = 0; i < matches->nr; i++) {
		full += matches->at[i].full;
		most = fmax(most,
			    matches->at[i].full ? 0 : matches->at[i].share);
	}
	most = fmax(SHARE_LEAST, SHARE_OF_MOST * most);
	if (full && search->m.terms->all.nr == 2)
		most = 1; /* one of two is not most of them */
	for (size_t i = 0; i < matches->nr; i++)
		if (matches->at[i].full || matches->at[i].share >= most)
			matches->at[kept++] = matches->at[i];
	matches->nr = kept;
}

static void find_matches(struct search *search, enum ways_depth depth)
{
	struct matching *m = &search->m;

	search->depth = depth;
	ways_list(&m->ways, m->a, m->terms, m->index->policy, depth);
	if (m->terms->all.nr)
		match_ways(m, depth == WAYS_PARTS);
	else
		match_all_but(m);
	if (m->terms->all.nr)
		search->worth = rank_matches(m);
	err_free(search->e);
	search->e = NULL;
	if (has_search_filters(m->terms) || !m->terms->all.nr)
		search->e = apply_filters(search);
	if (depth == WAYS_PARTS)
		keep_most(search);
}

/* Whether those found so far are enough not to look further. */
static bool has_enough_hits(const struct search *search, enum ways_depth depth)
{
	const struct terms *terms = search->m.terms;
	size_t nr = search->m.matches.nr;

	if (terms->plain || !terms->all.nr || search->e)
		return true;
	if (depth == WAYS_WORDS)
		return search->limit && nr >= search->limit;
	return terms->all.nr > 1 ? nr >= FEW : nr > 0;
}

/* Whether all words were found, but not together, so that there are few hits
 * after all. */
static bool has_scattered(const struct search *search)
{
	const struct matches *matches = &search->m.matches;
	size_t full = 0;

	for (size_t i = 0; i < matches->nr; i++)
		full += matches->at[i].full;
	return search->m.terms->all.nr && full < matches->nr && full < FEW;
}

/* Where words are missing, one that may have been meant otherwise. */
static void find_nearest_word(struct search *search)
{
	const struct terms *terms = search->m.terms;
	struct results *out = search->out;

	for (size_t i = 0; !out->nearest && i < terms->all.nr; i++) {
		const char *text = terms->all.at[i].any.at[0];

		if (terms->all.at[i].any.nr > 1 || terms->all.at[i].quoted ||
		    match_count(&search->m, text, true))
			continue;
		out->missing = text;
		out->nearest = nearest_in_texts(&search->m, text);
	}
}

static void find(struct index *index, void *data)
{
	struct search *search = data;
	struct spotter spotter;

	*search->out = (struct results){ 0 };
	search->m.index = index;
	search->m.docs = index_docs(index);
	find_matches(search, WAYS_WORDS);
	for (enum ways_depth depth = WAYS_WORDS;
	     depth < WAYS_PARTS && !has_enough_hits(search, depth); depth++)
		find_matches(search, depth + 1);
	spotter_init(&spotter, search->m.a, &index->db, &search->m.ways);
	look_closely(search, &spotter);
	if (search->depth < WAYS_PARTS && has_scattered(search)) {
		find_matches(search, WAYS_PARTS);
		spotter_init(&spotter, search->m.a, &index->db,
			     &search->m.ways);
		look_closely(search, &spotter);
	}
	search->out->worth = search->worth;
	search->out->total = search->m.matches.nr;
	search->out->files = index->files.nr;
	search->out->words = search->m.terms->all.nr;
	for (size_t i = 0; i < search->m.matches.nr; i++)
		search->out->full += search->m.matches.at[i].full;
	if (search->depth == WAYS_PARTS && !search->out->full)
		find_nearest_word(search);
	keep_best(&search->m.matches, search->limit);
	if (!search->e)
		show_best(search, &spotter);
}

struct err *search_run(struct results *out, struct arena *a, struct repo *repo,
		       const struct policy *policy, const struct oid *commit,
		       const struct terms *terms, size_t limit,
		       struct diags *diags)
{
	struct search search = { .m = { .a = a, .terms = terms },
				 .limit = limit,
				 .out = out };
	struct index *index = NULL;
	struct err *e;

	*out = (struct results){ 0 };
	if (!terms->all.nr && !terms->none.nr && !has_search_filters(terms))
		return NULL; /* there are no words in it */
	e = index_open(&index, a, repo, policy, commit, INDEX_SEARCH, diags);
	if (!e && index_files(index)->nr)
		e = index_do(index, find, &search);
	index_close(index);
	if (e)
		err_free(search.e);
	return e ? e : search.e;
}
