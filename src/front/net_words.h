/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words of which a change leaves more, or fewer, in a file than there were:
 * what it is about, however its lines are laid out. A word that is moved, or
 * stands on a line that only reads otherwise, is none of them; nor is one of a
 * comment, or one that every program has. With the C library alone.
 */
#ifndef FRONT_NET_WORDS_H
#define FRONT_NET_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "front/marks.h"

/* Hands out each of a diff (MARKS_DIFF) that ends with NUL: MARK_MORE and
 * MARK_FEWER, file by file, in the order of the diff. Of a file that has too
 * many of them, none: false only without memory. */
bool net_words_read(const char *diff, mark_fn *fn, void *data);

/* Whether a word tells something: a number, or no word of every program. */
bool net_word_says(const char *word, size_t n);

/* Whether a word is the name of something: "net_iavf", "readRows". */
bool net_word_is_symbol(const char *word, size_t n);

#endif
