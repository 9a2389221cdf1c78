/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/similar.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
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
/* Titles alone speak where they share so many words, and so much of what those
 * of one are worth. */
#define TITLE_LEAST   2
#define TITLE_COVERED 0.5
#define TITLE_WORTH   0.4 /* of a word that only one retro has */
/* A word in more titles tells nothing; one in a title counts so many times. */
#define TITLES_MOST 3
#define TITLE_TIMES 8

/* Every report of an outage has them: when it was and where. */
static const char *const calendar[] = {
	"january",   "february",  "march",    "april",     "may",
	"june",      "july",      "august",   "september", "october",
	"november",  "december",  "monday",   "tuesday",   "wednesday",
	"thursday",  "friday",    "saturday", "sunday",    "utc",
	"pst",       "pdt",       "cest",     "north",     "south",
	"east",      "west",      "northern", "southern",  "eastern",
	"western",   "northeast", "central",  "southeast", "northwest",
	"southwest", "virginia",  "oregon",   "ohio",      "california",
	"ireland",   "london",    "paris",    "frankfurt", "stockholm",
	"tokyo",     "osaka",     "seoul",    "sydney",    "singapore",
	"mumbai",    "europe",    "asia",     "america",   "华北",
	"华东",      "华南",      "北京",     "上海",      "杭州",
	"深圳",      "广州",      "香港",
};

/* A word, or two neighbours of a run of Chinese. */
struct gathered {
	const char *text;
	bool joins; /* it begins with the character that ends the one before */
	bool title;
};
struct gathereds VEC_OF(struct gathered);

struct gathering {
	struct arena *a;
	struct gathereds words;
	bool title;
	size_t end; /* where the last one that was met ends */
};

static bool has_digit_only(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isdigit((unsigned char)word[i]))
			return false;
	return true;
}

static bool is_known(const struct gathereds *words, const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(calendar); i++)
		if (!strcmp(calendar[i], word))
			return true;
	for (size_t i = 0; i < words->nr; i++)
		if (words_are_one(words->at[i].text, word))
			return true;
	return false;
}

static bool is_paired(const char *word)
{
	size_t len;

	return words_are_paired(text_decode(word, strlen(word), &len));
}

/* Two of these are parts of two words, or of none. */
static bool has_particle(const char *word)
{
	static const char *const particles[] = {
		"的", "了", "着", "没", "不", "是", "有", "和", "与", "在",
		"把", "被", "就", "也", "都", "又", "很", "后", "之", "个",
	};

	for (size_t i = 0; i < ARRAY_SIZE(particles); i++)
		if (strstr(word, particles[i]))
			return true;
	return false;
}

/* A single character of a script without spaces is a beginning, not a word. */
static int add_similar_word(void *data, const struct word *word)
{
	struct gathering *g = data;
	size_t end = g->end;
	struct gathered one = { .title = g->title };

	if (g->words.nr == WORDS)
		return 1;
	g->end = word->to;
	if (word->inside || word->n < 3 ||
	    has_digit_only(word->text, word->n) ||
	    (word->n <= 4 && !isascii((unsigned char)word->text[0])))
		return 0;
	one.text = arena_strndup(g->a, word->text, word->n);
	one.joins = is_paired(one.text) && word->from < end && g->words.nr;
	if (!is_known(&g->words, one.text) && !has_particle(one.text))
		vec_push(g->a, &g->words, one);
	else
		g->end = word->from; /* nothing joins what is left out */
	return 0;
}

static void add_similar_text(struct gathering *g, const char *text)
{
	g->end = 0;
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

	g->title = true;
	add_similar_text(g, retro->title);
	g->title = false;
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

/* A word, or a run of Chinese: of four characters it is two. */
struct shared {
	const char *text;
	size_t words;
	double worth;
};

struct judging {
	struct arena *a;
	const struct results *results;
	const struct result *hit;
	const struct gathereds *words;
	struct shared shared[WORDS];
	size_t nr;
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

/* The run of words from `at` on that are there, one joined to the other; where
 * it ends. */
static size_t read_shared(struct shared *out, const struct judging *judging,
			  size_t at, double bound)
{
	const struct gathereds *words = judging->words;
	const double *worth = judging->results->worth;
	size_t pairs = 0, from = at;
	struct buf text = BUF_INIT;
	double sum = 0;

	do {
		const char *word = words->at[at].text;
		size_t len = 0;

		if (at > from)
			text_decode(word, strlen(word), &len);
		buf_addstr(&text, word + len);
		sum += worth[at++];
		pairs++;
	} while (at < words->nr && words->at[at].joins &&
		 judging->hit->times[at] > 0 && worth[at] >= bound);
	*out = (struct shared){ arena_strndup(judging->a, text.p, text.n),
				(pairs + 1) / 2, 0 };
	out->worth = sum / (double)pairs * (double)out->words;
	buf_release(&text);
	return at;
}

/* What both have of what is worth `bound` or more; how many words that are. */
static size_t find_shared_words(struct judging *judging, double bound,
				double *sum)
{
	size_t words = 0;

	judging->nr = 0;
	*sum = 0;
	for (size_t at = 0; at < judging->words->nr;) {
		struct shared *one = &judging->shared[judging->nr];

		if (!(judging->hit->times[at] > 0) ||
		    judging->results->worth[at] < bound) {
			at++;
			continue;
		}
		at = read_shared(one, judging, at, bound);
		words += one->words;
		*sum += one->worth;
		judging->nr++;
	}
	return words;
}

struct titles {
	const struct gathereds *words;
	bool *both;
};

static int note_title_word(void *data, const struct word *word)
{
	const struct titles *titles = data;
	char text[WORDS_MAX + 1] = "";

	memcpy(text, word->text, word->n < WORDS_MAX ? word->n : WORDS_MAX);
	for (size_t i = 0; i < titles->words->nr; i++)
		if (titles->words->at[i].title &&
		    words_are_one(titles->words->at[i].text, text))
			titles->both[i] = true;
	return 0;
}

/* Whether a word is in several titles: the name of a product, mostly. */
static bool names_several(const struct judging *judging, size_t word)
{
	const struct results *results = judging->results;
	size_t titles = 0;

	for (size_t i = 0; i < results->nr; i++)
		titles += results->at[i].times[word] >= TITLE_TIMES;
	return titles > TITLES_MOST;
}

/* Whether the titles say the same: so much of what the words of one are worth
 * is in the other, and so many words. */
static bool titles_agree(const struct judging *judging)
{
	const struct gathereds *words = judging->words;
	const char *title = judging->hit->retro->title;
	double all = 0, sum = 0;
	double bound =
		TITLE_WORTH * worth_in((double)judging->results->files, 1);
	bool both[WORDS] = { false };
	struct titles titles = { words, both };
	size_t nr = 0;

	words_cut(title, strlen(title), 0, note_title_word, &titles);
	for (size_t i = 0; i < words->nr && words->at[i].title; i++) {
		all += judging->results->worth[i];
		if (!both[i] || judging->results->worth[i] < bound ||
		    names_several(judging, i))
			continue;
		sum += judging->results->worth[i];
		nr += !(i && words->at[i].joins && both[i - 1]) ||
		      (i > 1 && words->at[i - 1].joins && both[i - 2]);
	}
	return nr >= TITLE_LEAST && sum >= TITLE_COVERED * all;
}

/* Fills the words that it shares, and how much like it is; false if that is too
 * little. */
static bool judge_similar(struct similar *out, struct judging *judging)
{
	const struct results *results = judging->results;
	double files = (double)results->files, all = 0, shared = 0, sum;
	double most = files * RARE_SHARE, bound;
	size_t words;

	bound = worth_in(files, most > 3 ? most : 3);
	for (size_t i = 0; i < judging->words->nr; i++) {
		all += results->worth[i];
		if (judging->hit->times[i] > 0)
			shared += results->worth[i];
	}
	words = find_shared_words(judging, bound, &sum);
	if (words < WORDS_LEAST || sum < ENOUGH * worth_in(files, 1) ||
	    shared < COVERED * all) {
		if (!titles_agree(judging))
			return false;
		find_shared_words(judging, 0, &sum);
	}
	qsort(judging->shared, judging->nr, sizeof(*judging->shared), by_worth);
	for (size_t i = 0; i < judging->nr && i < NAMED; i++)
		vec_push(judging->a, &out->words, judging->shared[i].text);
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
	for (size_t i = 0; i < g.words.nr; i++)
		vec_push(corpus->arena, &any.any, g.words.at[i].text);
	if (!any.any.nr)
		return NULL;
	terms.plain = true;
	vec_push(corpus->arena, &terms.all, any);
	e = search_run(&results, corpus->arena, corpus->repo, corpus->policy,
		       NULL, &terms, HITS, &ignored);
	for (size_t i = 0; !e && i < results.nr; i++) {
		const struct result *hit = &results.at[i];
		struct similar one = { .retro = hit->retro };
		struct judging judging = { .a = corpus->arena,
					   .results = &results,
					   .hit = hit,
					   .words = &g.words };

		if (strcmp(hit->retro->id, retro->id) != 0 &&
		    judge_similar(&one, &judging))
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
