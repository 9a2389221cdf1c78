/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/ways.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "index/words.h"
#include "search/everyday.h"
#include "search/synonyms.h"

/* Of all choices; SQLite takes no expression of any size. */
#define WAYS_MAX 120
/* Of them are left for each word behind the one that is sought in parts. */
#define WAYS_LEFT 3
/* A shorter beginning says too little. Letters. */
#define BEGINNING_LEAST 3
#define RUN_MAX         64
/* Of a word that is sought in two: letters of each half, and of both. */
#define HALF_LEAST 2
#define HALVES_MAX 16

static void add_search_way(struct ways *out, struct arena *a, size_t choice,
			   enum way_kind kind, const char *text)
{
	struct way way = { .choice = choice, .kind = kind, .text = text };

	way.open = kind == WAY_BEGINNING || words_end_open(text, strlen(text));
	if (out->nr < WAYS_MAX)
		vec_push(a, out, way);
}

/* Its last word is of letters that words are parted by spaces in. */
struct ending {
	size_t n;
	bool letters;
};

static int note_ending(void *data, const struct word *word)
{
	struct ending *ending = data;
	size_t len;
	int c = text_decode(word->text, word->n, &len);

	/* a plural is begun as its stem is: `dns` would find `dnf` */
	ending->n = word->n - (word->n && word->text[word->n - 1] == 's');
	ending->letters = !words_are_paired(c) && (c < '0' || c > '9');
	return 0;
}

static bool may_begin(const char *text)
{
	struct ending ending = { 0 };

	words_cut(text, strlen(text), WORDS_SOUGHT, note_ending, &ending);
	return ending.letters && ending.n >= BEGINNING_LEAST;
}

/* --- parts --- */

struct run {
	size_t at[RUN_MAX + 1]; /* where each character begins, and the end */
	size_t nr;
};

/* False unless the text is characters of such a script, two or more. */
static bool read_run(struct run *run, const char *text)
{
	size_t n = strlen(text), len;

	run->nr = 0;
	for (size_t at = 0; at < n; at += len) {
		int c = text_decode(text + at, n - at, &len);

		if (!words_are_paired(c) || run->nr == RUN_MAX)
			return false;
		run->at[run->nr++] = at;
	}
	run->at[run->nr] = n;
	return run->nr > 1;
}

static uint64_t cover_of(const struct run *run, const char *text, size_t at)
{
	return everyday_at(text, run->at[at]) ? 0 : (uint64_t)1 << at;
}

/* What means the same as a part of the run covers that part. */
static void add_part_synonyms(struct ways *out, struct arena *a, size_t choice,
			      const char *text, const struct run *run,
			      const struct policy *policy, size_t max)
{
	struct synonym_parts parts = { 0 };

	synonyms_of_parts(&parts, a, text, policy);
	for (size_t i = 0; i < parts.nr && out->nr < max; i++) {
		const struct synonym_part *part = &parts.at[i];
		uint64_t covers = 0;

		for (size_t j = 0; j < run->nr; j++)
			if (run->at[j] >= part->from && run->at[j] < part->to)
				covers |= cover_of(run, text, j);
		add_search_way(out, a, choice, WAY_PART, part->text);
		out->at[out->nr - 1].covers = covers;
	}
}

/* Behind its pairs, as one that a pair covers adds nothing. */
static void add_letters(struct ways *out, struct arena *a, size_t choice,
			const char *text, const struct run *run, size_t max)
{
	for (size_t i = 0; i < run->nr && out->nr < max; i++) {
		uint64_t covers = cover_of(run, text, i);
		size_t from = run->at[i], to = run->at[i + 1];

		if (!covers)
			continue;
		add_search_way(out, a, choice, WAY_LETTER,
			       arena_strndup(a, text + from, to - from));
		out->at[out->nr - 1].covers = covers;
	}
}

static void add_way_parts(struct ways *out, struct arena *a, size_t choice,
			  const char *text, const struct policy *policy,
			  size_t max)
{
	struct run run;
	size_t width;

	if (!read_run(&run, text))
		return;
	width = run.nr > 2 ? 2 : 1;
	for (size_t i = 0; i + width <= run.nr && out->nr < max; i++) {
		size_t from = run.at[i], to = run.at[i + width];
		uint64_t covers = cover_of(&run, text, i);

		if (width == 2)
			covers |= cover_of(&run, text, i + 1);
		if (!covers)
			continue;
		add_search_way(out, a, choice, WAY_PART,
			       arena_strndup(a, text + from, to - from));
		out->at[out->nr - 1].covers = covers;
	}
	add_part_synonyms(out, a, choice, text, &run, policy, max);
	if (width == 2)
		add_letters(out, a, choice, text, &run, max);
}

bool way_is_part(const struct way *way)
{
	return way->kind == WAY_PART || way->kind == WAY_LETTER;
}

uint64_t ways_cover(const struct ways *ways, size_t choice)
{
	uint64_t covers = 0;

	for (size_t i = 0; i < ways->nr; i++)
		if (ways->at[i].choice == choice)
			covers |= ways->at[i].covers;
	return covers;
}

/* --- one word or two --- */

/* The only word of a choice, if it is of ASCII letters. */
static const char *latin_word(const struct terms *terms, size_t choice)
{
	const struct choice *all = &terms->all.at[choice];
	const char *text = all->any.at[0];

	if (all->quoted || all->any.nr > 1)
		return NULL;
	for (const char *p = text; *p; p++)
		if (!isalpha((unsigned char)*p))
			return NULL;
	return text;
}

static void add_halves(struct ways *out, struct arena *a, size_t choice,
		       const char *word, size_t max)
{
	size_t n = strlen(word);

	for (size_t at = HALF_LEAST;
	     at + HALF_LEAST <= n && n <= HALVES_MAX && out->nr < max; at++)
		add_search_way(
			out, a, choice, WAY_SYNONYM,
			arena_printf(a, "%.*s %s", (int)at, word, word + at));
}

/* A word of letters in two, and joined with the one before it and the one
 * behind. */
static void add_splits(struct ways *out, struct arena *a,
		       const struct terms *terms, size_t choice, size_t max)
{
	const char *word = latin_word(terms, choice);

	if (!word)
		return;
	add_halves(out, a, choice, word, max);
	for (size_t i = choice ? choice - 1 : 0;
	     i <= choice && i + 1 < terms->all.nr && out->nr < max; i++) {
		const char *one = latin_word(terms, i);
		const char *other = latin_word(terms, i + 1);

		if (one && other)
			add_search_way(out, a, choice, WAY_SYNONYM,
				       arena_printf(a, "%s%s", one, other));
	}
}

/* --- all of them --- */

void ways_list(struct ways *out, struct arena *a, const struct terms *terms,
	       const struct policy *policy, enum ways_depth depth)
{
	*out = (struct ways){ 0 };
	for (size_t i = 0; i < terms->all.nr; i++) {
		const struct choice *choice = &terms->all.at[i];
		size_t left = WAYS_LEFT * (terms->all.nr - i - 1);
		size_t max = left < WAYS_MAX ? WAYS_MAX - left : 0;
		struct strs synonyms = { 0 };

		for (size_t j = 0; j < choice->any.nr; j++)
			add_search_way(out, a, i, WAY_WORD, choice->any.at[j]);
		if (depth == WAYS_WORDS || choice->quoted || terms->plain)
			continue;
		for (size_t j = 0; j < choice->any.nr; j++)
			if (may_begin(choice->any.at[j]))
				add_search_way(out, a, i, WAY_BEGINNING,
					       choice->any.at[j]);
		synonyms_find(&synonyms, a, terms, i, policy);
		for (size_t j = 0; j < synonyms.nr; j++)
			add_search_way(out, a, i, WAY_SYNONYM, synonyms.at[j]);
		if (depth != WAYS_PARTS || choice->any.nr > 1)
			continue;
		add_splits(out, a, terms, i, max);
		add_way_parts(out, a, i, choice->any.at[0], policy, max);
	}
}
