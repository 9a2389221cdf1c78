/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/similar.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "index/words.h"
#include "model/body.h"
#include "search/search.h"

/* So many words of a retro are compared, in the order of what tells most. */
#define WORDS 40
#define NAMED 5 /* of those shared */
#define HITS  20

/* A word is rare if no more than this share of the retros has it, or three.
 * What is shared must be worth so many words that only one retro has, be at
 * least so many words, and so much of what the retro's words are worth
 * together. */
#define RARE_SHARE  0.1
#define ENOUGH      3.5
#define WORDS_LEAST 3
#define COVERED     0.3

/* Every report of an outage has them. */
static const char *const calendar[] = {
	"january", "february", "march",     "april",    "may",      "june",
	"july",    "august",   "september", "october",  "november", "december",
	"monday",  "tuesday",  "wednesday", "thursday", "friday",   "saturday",
	"sunday",  "utc",      "pst",       "pdt",      "cest",
};

struct gathering {
	struct arena *a;
	struct strs words;
};

static bool has_digit_only(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isdigit((unsigned char)word[i]))
			return false;
	return true;
}

/* "zone" and "zones" are one. */
static bool is_form_of(const char *one, const char *other)
{
	size_t n = strlen(one), m = strlen(other), least = n < m ? n : m;
	size_t more = n < m ? m - n : n - m;

	return !strncmp(one, other, least) &&
	       (!more || (least >= 4 && more <= 3));
}

static bool is_known(const struct strs *words, const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(calendar); i++)
		if (!strcmp(calendar[i], word))
			return true;
	for (size_t i = 0; i < words->nr; i++)
		if (is_form_of(words->at[i], word))
			return true;
	return false;
}

/* A single character of a script without blanks is a beginning, not a word. */
static int add_similar_word(void *data, const struct word *word)
{
	struct gathering *g = data;
	const char *text;

	if (g->words.nr == WORDS)
		return 1;
	if (word->n < 3 || has_digit_only(word->text, word->n) ||
	    (word->n <= 4 && word->text[0] < 0))
		return 0;
	text = arena_strndup(g->a, word->text, word->n);
	if (!is_known(&g->words, text))
		vec_push(g->a, &g->words, text);
	return 0;
}

static void add_similar_text(struct gathering *g, const char *text)
{
	if (text)
		words_cut(text, strlen(text), 0, add_similar_word, g);
}

/* The first paragraph, which mostly says what it is about. */
static void add_opening(struct gathering *g, const struct md *doc)
{
	struct buf text = BUF_INIT;

	for (const struct md *block = doc ? doc->first : NULL; block;
	     block = block->next) {
		if (block->type != MD_PARAGRAPH)
			continue;
		md_plain(&text, block);
		add_similar_text(g, text.p);
		break;
	}
	buf_release(&text);
}

static void gather_words(struct gathering *g, const struct retro *retro)
{
	const struct pitfalls *pitfalls = &retro->body->pitfalls;

	add_similar_text(g, retro->title);
	for (size_t i = 0; i < retro->labels.nr; i++)
		add_similar_text(g, retro->labels.at[i]);
	add_similar_text(g, retro->summary);
	for (size_t i = 0; i < pitfalls->nr; i++)
		add_similar_text(g, pitfalls->at[i].text);
	/* That of a release is counts of commits and lines. */
	if (retro->kind != KIND_RELEASE)
		add_opening(g, retro->body->doc);
}

/* --- by words --- */

struct shared {
	const char *word;
	double worth;
};

static int by_worth(const void *a, const void *b)
{
	const struct shared *one = a, *two = b;

	return (one->worth < two->worth) - (one->worth > two->worth);
}

static double worth_in(double files, double have)
{
	return log(1 + (files - have + 0.5) / (have + 0.5));
}

/* Fills the words that it shares, and how much like it is; false if that is too
 * little. */
static bool judge_similar(struct similar *out, struct arena *a,
			  const struct results *results,
			  const struct result *hit, const struct strs *words)
{
	struct shared rare[WORDS];
	double files = (double)results->files, all = 0, shared = 0, sum = 0;
	double most = files * RARE_SHARE, bound;
	size_t nr = 0;

	bound = worth_in(files, most > 3 ? most : 3);
	for (size_t i = 0; i < words->nr; i++) {
		double worth = results->worth[i];

		all += worth;
		if (!(hit->times[i] > 0))
			continue;
		shared += worth;
		if (worth < bound)
			continue;
		sum += worth;
		rare[nr++] = (struct shared){ words->at[i], worth };
	}
	if (nr < WORDS_LEAST || sum < ENOUGH * worth_in(files, 1) ||
	    shared < COVERED * all)
		return false;
	qsort(rare, nr, sizeof(*rare), by_worth);
	for (size_t i = 0; i < nr && i < NAMED; i++)
		vec_push(a, &out->words, rare[i].word);
	out->likeness = sum;
	return true;
}

static struct err *find_by_words(struct similars *out, struct corpus *corpus,
				 const struct retro *retro)
{
	struct gathering g = { .a = corpus->arena };
	struct diags ignored = { .arena = corpus->arena };
	struct results results = { 0 };
	struct terms terms = { 0 };
	struct choice any = { 0 };
	struct err *e;

	gather_words(&g, retro);
	if (g.words.nr < WORDS_LEAST)
		return NULL;
	any.any = g.words;
	terms.plain = true;
	vec_push(corpus->arena, &terms.all, any);
	e = search_run(&results, corpus->arena, corpus->repo, corpus->policy,
		       NULL, &terms, HITS, &ignored);
	for (size_t i = 0; !e && i < results.nr; i++) {
		const struct result *hit = &results.at[i];
		struct similar one = { .retro = hit->retro };

		if (strcmp(hit->retro->id, retro->id) != 0 &&
		    judge_similar(&one, corpus->arena, &results, hit, &g.words))
			vec_push(corpus->arena, out, one);
	}
	return e;
}

/* --- by files --- */

static struct similar *entry(struct similars *out, struct arena *a,
			     const struct retro *retro)
{
	for (size_t i = 0; i < out->nr; i++)
		if (!strcmp(out->at[i].retro->id, retro->id))
			return &out->at[i];
	vec_push(a, out, (struct similar){ .retro = retro });
	return &out->at[out->nr - 1];
}

/* One file in common can be chance, and is named only beside words; two speak
 * for themselves. */
static void find_by_paths(struct similars *out, struct corpus *corpus,
			  const struct retro *retro)
{
	for (size_t i = 0; i < corpus->retros.nr; i++) {
		const struct retro *other = corpus->retros.at[i];
		struct strs both = { 0 };
		size_t before = out->nr;
		struct similar *one;

		if (!strcmp(other->id, retro->id))
			continue;
		for (size_t j = 0; j < other->paths.nr; j++)
			if (strs_has(&retro->paths, other->paths.at[j]))
				strs_add(corpus->arena, &both,
					 other->paths.at[j]);
		if (!both.nr)
			continue;
		one = entry(out, corpus->arena, other);
		if (out->nr > before && both.nr < 2) {
			out->nr = before;
			continue;
		}
		one->paths = both;
		one->likeness += 2 * (double)both.nr;
	}
}

static int most_words_first(const void *a, const void *b)
{
	const struct similar *one = a, *two = b;

	if (one->likeness > two->likeness || one->likeness < two->likeness)
		return one->likeness > two->likeness ? -1 : 1;
	return strcmp(one->retro->id, two->retro->id);
}

struct err *similar_find(struct similars *out, struct corpus *corpus,
			 const struct retro *retro)
{
	struct err *e = find_by_words(out, corpus, retro);

	if (e)
		return e;
	find_by_paths(out, corpus, retro);
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), most_words_first);
	if (out->nr > SIMILAR_MAX)
		out->nr = SIMILAR_MAX;
	return NULL;
}
