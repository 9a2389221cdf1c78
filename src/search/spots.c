/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/spots.h"

#include <string.h>

#include "base/text.h"
#include "index/tokenizer.h"

struct spotter_word {
	const char *text; /* stemmed */
	size_t n;
	size_t from, to;
	bool inside;
};
struct spotter_words VEC_OF(struct spotter_word);

struct cutting {
	struct arena *a;
	struct spotter_words *out;
	const unsigned char *kept; /* pairs of bytes: the others are not
				    * stemmed, and have no text */
};

static unsigned spot_start(const char *text, size_t n)
{
	unsigned first = n ? (unsigned char)text[0] : 0;
	unsigned second = n > 1 ? (unsigned char)text[1] : 0;

	return first << 8 | second;
}

static bool has_start(const unsigned char *starts, unsigned start)
{
	return starts[start >> 3] >> (start & 7) & 1;
}

static bool keeps_word(const void *data, const struct word *word)
{
	const struct cutting *cutting = data;

	return has_start(cutting->kept, spot_start(word->text, word->n));
}

static int add_spotter_word(void *data, const struct word *word)
{
	struct cutting *cutting = data;
	struct spotter_word out = { NULL, word->n, word->from, word->to,
				    word->inside };

	if (word->text)
		out.text = arena_strndup(cutting->a, word->text, word->n);
	vec_push(cutting->a, cutting->out, out);
	return 0;
}

/* What is begun with one letter begins with any second one. */
static void note_word(unsigned char *starts, const struct spotter_word *word,
		      bool open)
{
	unsigned start = spot_start(word->text, word->n);

	for (unsigned i = 0; i < (open && word->n == 1 ? 256 : 1); i++)
		starts[(start | i) >> 3] |=
			(unsigned char)(1u << ((start | i) & 7));
}

static void note_way(struct spotter *spotter, const struct way *way,
		     const struct spotter_words *words)
{
	for (size_t i = 0; i < words->nr; i++) {
		bool open = way->open && i + 1 == words->nr;

		if (!i)
			note_word(spotter->starts, &words->at[i], open);
		note_word(spotter->kept, &words->at[i], open);
	}
}

void spotter_init(struct spotter *out, struct arena *a, struct db *db,
		  const struct ways *ways)
{
	*out = (struct spotter){ .a = a, .db = db, .ways = ways };
	out->words = arena_alloc(a, (ways->nr + 1) * sizeof(*out->words));
	out->nr = arena_alloc(a, (ways->nr + 1) * sizeof(*out->nr));
	for (size_t i = 0; i < ways->nr; i++) {
		const struct way *way = &ways->at[i];
		struct spotter_words words = { 0 };
		struct cutting cutting = { a, &words, NULL };

		tokenizer_cut(db, way->text, strlen(way->text), WORDS_SOUGHT,
			      add_spotter_word, &cutting);
		out->words[i] = words.at;
		out->nr[i] = words.nr;
		note_way(out, way, &words);
	}
}

static bool is_spot_word_of(const struct spotter_word *sought,
			    const struct spotter_word *word, bool open)
{
	return (open ? sought->n <= word->n : sought->n == word->n) &&
	       !memcmp(sought->text, word->text, sought->n);
}

/* Of a pair that is only begun, the first character counts. */
static size_t end_of_spot(const struct way *way, const char *text,
			  const struct spotter_word *last)
{
	size_t len;

	if (!way->open || way->kind == WAY_BEGINNING)
		return last->to;
	text_decode(text + last->from, last->to - last->from, &len);
	return last->from + len;
}

/* Whether a way stands at word `at`. */
static bool way_stands_at(struct spot *out, const struct spotter *spotter,
			  size_t number, const struct spotter_words *words,
			  size_t at, const char *text)
{
	const struct way *way = &spotter->ways->at[number];
	size_t nr = spotter->nr[number], last = at;

	if (!nr || nr > words->nr - at)
		return false;
	for (size_t i = 0; i < nr; i++, last++) {
		while (i && last < words->nr && words->at[last].inside)
			last++;
		if (last == words->nr ||
		    !is_spot_word_of(&spotter->words[number][i],
				     &words->at[last],
				     way->open && i + 1 == nr))
			return false;
	}
	*out = (struct spot){ .way = number,
			      .from = words->at[at].from,
			      .to = end_of_spot(way, text,
						&words->at[last - 1]) };
	return true;
}

/* In the places of struct spot. */
static size_t width_of_word(const char *text, const struct spotter_word *word)
{
	size_t len;

	if (word->inside)
		return 0;
	return words_are_paired(text_decode(text + word->from,
					    word->to - word->from, &len))
		       ? 1
		       : 2;
}

void spots_find(struct spots *out, struct arena *a,
		const struct spotter *spotter, const char *text, size_t n)
{
	struct spotter_words words = { 0 };
	struct cutting cutting = { a, &words, spotter->kept };
	struct spot spot;
	size_t place = 0;

	tokenizer_cut_some(spotter->db, text, n, keeps_word, add_spotter_word,
			   &cutting);
	for (size_t i = 0; i < words.nr; i++) {
		const struct spotter_word *word = &words.at[i];

		for (size_t j = 0; word->n && j < spotter->ways->nr &&
				   has_start(spotter->starts,
					     spot_start(word->text, word->n));
		     j++) {
			if (!way_stands_at(&spot, spotter, j, &words, i, text))
				continue;
			spot.place = place;
			vec_push(a, out, spot);
		}
		place += width_of_word(text, word);
	}
}
