/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A text cut into the words that one finds it by, in any language: runs of
 * letters and of digits, folded (case, accents, full and half width); and of
 * Chinese, Japanese and Korean each two neighbours, since nothing parts words
 * there, traditional characters as simplified ones. `CUDA12版本號` is "cuda",
 * "12", "版本", "本号", "号". The id of a commit is one word, and AutoVacuum is
 * three: itself, "auto", "vacuum".
 *
 * Each character of such a script is one word: it and the next one, or it alone
 * at the end of its run. So a single character is found as the beginning of a
 * word, and a longer string as words that follow one another.
 */
#ifndef INDEX_WORDS_H
#define INDEX_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* No word is longer; the rest of a longer run does not count. Bytes. */
#define WORDS_MAX 64

struct word {
	const char *text; /* folded; borrowed for the time of the call */
	size_t n;
	size_t from, to; /* where it stands, in bytes of the text */
	bool inside; /* a part of the word before it: Vacuum of AutoVacuum */
};

/* Return other than 0 to stop. */
typedef int words_fn(void *data, const struct word *word);

enum {
	/* The text is sought: a character that ends it is left out where it
	 * already ends a pair, and so are the parts of a word. */
	WORDS_SOUGHT = 1,
};

/* Any bytes will do; what is no UTF-8 parts words. What `fn` returned when it
 * stopped, else 0. */
int words_cut(const char *text, size_t n, unsigned flags, words_fn *fn,
	      void *data);

/* Whether the text ends with a character that words_cut() finds alone there:
 * sought, it may as well be the first of a pair. */
bool words_end_open(const char *text, size_t n);

/* Whether a character is of a script in which nothing parts words. */
bool words_are_paired(int c);

/* Whether two words, as words_cut() has them, are forms of one: "zone" and
 * "zones", "truncate" and "truncation". */
bool words_are_one(const char *one, const char *other);

#endif
