/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a person seeks, in the words typed: `cuda "data drift" -redis loss OR
 * nan in:pitfalls since:2026-01-01`. All of it must hold; OR joins the word
 * before it and the one behind. Full-width signs work as half-width ones; a
 * comma or slash parts words, and so do Chinese and Latin letters. Small words
 * (`the`, `without`) do not count beside others. Whatever is none of this is words, so that any
 * text can be sought.
 */
#ifndef SEARCH_TERMS_H
#define SEARCH_TERMS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/query.h"
#include "model/policy.h"

/* One of these words or phrases must be there. None is empty: each has at least
 * one word, as words.h cuts them. */
struct choice {
	struct strs any;
	bool quoted; /* nothing else will do */
};

struct queries VEC_OF(struct query);

struct terms {
	struct VEC_OF(struct choice) all;
	bool plain;         /* only these words, in no other form (ways.h) */
	struct strs none;   /* none of them may be there */
	unsigned columns;   /* bits of index/ingest.h's columns, for `all`; 0:
				   * anywhere */
	struct query query; /* label:, kind:, ... */
	struct queries excluded; /* -label:, ...: each with one value */
};

/* ERR_USAGE for a filter whose value no retro could have. */
MUST_USE struct err *terms_parse(struct terms *out, struct arena *a,
				 const char *text, const struct policy *policy);

/* Whether it is a word that stands in every text (`the`), and so says nothing
 * beside others. */
bool terms_small_word(struct arena *a, const char *text);
/* The words of which it is said, one by one; NULL behind the last. */
const char *terms_small_at(size_t i);

#endif
