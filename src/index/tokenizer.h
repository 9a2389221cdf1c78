/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * words.h as a tokenizer of SQLite's full-text search, under SQLite's own
 * English stemmer (porter). Used as `tokenize = 'porter retro'`.
 */
#ifndef INDEX_TOKENIZER_H
#define INDEX_TOKENIZER_H

#include "index/db.h"
#include "index/words.h"

/* Makes it known to this connection. False after any failure. */
bool tokenizer_register(struct db *db);

/* words_cut(), each word stemmed as the index has it. */
int tokenizer_cut(struct db *db, const char *text, size_t n, unsigned flags,
		  words_fn *fn, void *data);

/* The same of a whole text, but only the words that `keep` says yes to, as
 * words_cut() has them, are stemmed: any other one has no text. Most of a long
 * text is stemmed for nothing where few words are looked for. */
typedef bool tokenizer_keep_fn(const void *data, const struct word *word);
int tokenizer_cut_some(struct db *db, const char *text, size_t n,
		       tokenizer_keep_fn *keep, words_fn *fn, void *data);

#endif
