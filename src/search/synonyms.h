/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words that mean the same: a small list for the trade, in English and
 * Chinese, and the team's own (`synonyms:` in .retro.yml). Each of the list
 * finds something that was asked for (tests/judged).
 */
#ifndef SEARCH_SYNONYMS_H
#define SEARCH_SYNONYMS_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/policy.h"
#include "search/terms.h"

/* The lists of words that mean the same, each ends with NULL: the team's, folded,
 * then ours. In the arena. */
void synonyms_all(struct synonyms *out, struct arena *a,
		  const struct policy *policy);

/* What else may stand for a choice of the terms. Of several words (`out of
 * memory`) each is replaced by what means all of them; in Chinese, a part of a
 * text by what means that part. In the arena. */
void synonyms_find(struct strs *out, struct arena *a, const struct terms *terms,
		   size_t choice, const struct policy *policy);

/* What means the same as the bytes [from, to) of a text. */
struct synonym_part {
	size_t from, to;
	const char *text;
};
struct synonym_parts VEC_OF(struct synonym_part);

/* Of a Chinese text, every part that has any. In the arena. */
void synonyms_of_parts(struct synonym_parts *out, struct arena *a,
		       const char *text, const struct policy *policy);

#endif
