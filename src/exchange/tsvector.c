/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdlib.h>
#include <string.h>

#include "exchange/export.h"

/* What PostgreSQL can hold: places, of one word, and bytes in all, of which a
 * word takes up to 4 besides its own and a place 2. */
#define PLACE_MAX  16383
#define PLACES_MAX 255
#define BYTES_MAX  ((size_t)900000)

struct placed_word {
	const char *text;
	size_t n;
	unsigned at;
};
struct placed_words VEC_OF(struct placed_word);

static int compare_placed_words(const void *a, const void *b)
{
	const struct placed_word *one = a, *other = b;
	size_t n = one->n < other->n ? one->n : other->n;
	int order = memcmp(one->text, other->text, n);

	if (!order && one->n != other->n)
		order = one->n < other->n ? -1 : 1;
	if (order)
		return order;
	return one->at < other->at ? -1 : one->at > other->at;
}

static bool is_same_word(const struct placed_word *a,
			 const struct placed_word *b)
{
	return a->n == b->n && !memcmp(a->text, b->text, a->n);
}

static void place_words(struct placed_words *out, struct arena *a,
			const char *words)
{
	unsigned at = 1;

	for (const char *s = words; *s;) {
		size_t n = strcspn(s, " /");

		if (n)
			vec_push(a, out, (struct placed_word){ s, n, at });
		at += s[n] == ' ' && at < PLACE_MAX;
		s += n + (s[n] != '\0');
	}
}

static void put_place(struct buf *out, unsigned at)
{
	char digits[5]; /* of PLACE_MAX */
	size_t n = 0;

	do {
		digits[n++] = (char)('0' + at % 10);
		at /= 10;
	} while (at);
	while (n)
		buf_addch(out, digits[--n]);
}

void export_tsvector(struct buf *out, struct arena *a, const char *words)
{
	struct placed_words placed = { 0 };
	size_t used = 0, places = 0;

	place_words(&placed, a, words);
	if (placed.nr)
		qsort(placed.at, placed.nr, sizeof(*placed.at),
		      compare_placed_words);
	for (size_t i = 0; i < placed.nr && used < BYTES_MAX; i++) {
		const struct placed_word *word = &placed.at[i];

		if (!i || !is_same_word(word, word - 1)) {
			buf_addstr(out, i ? " '" : "'");
			buf_add(out, word->text, word->n);
			buf_addstr(out, "':");
			put_place(out, word->at);
			used += word->n + 8;
			places = 1;
		} else if (places < PLACES_MAX && word->at != word[-1].at) {
			buf_addch(out, ',');
			put_place(out, word->at);
			used += 2;
			places++;
		}
	}
}

/* The words, or else their parts. */
static void put_flat_part(struct buf *out, const char *words, bool parts)
{
	char before = ' ';

	for (const char *s = words; *s;) {
		size_t n = strcspn(s, " /");

		if (n && (before == '/') == parts) {
			if (out->n)
				buf_addch(out, ' ');
			buf_add(out, s, n);
		}
		before = s[n];
		s += n + (s[n] != '\0');
	}
}

void export_flat_words(struct buf *out, const char *words)
{
	put_flat_part(out, words, false);
	put_flat_part(out, words, true);
}
