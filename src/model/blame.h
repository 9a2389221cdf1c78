/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words that blame a person. A retro asks how a mistake was possible; whose it
 * was teaches nobody anything, and keeps the next person from telling. What is
 * looked for, in English and Chinese, is data: blame_words.h. How often it is
 * right was judged on sentences (tests/judged).
 */
#ifndef MODEL_BLAME_H
#define MODEL_BLAME_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/body.h"
#include "model/retro.h"

struct blaming {
	size_t at, n; /* bytes of the file */
	int line;
};
struct blamings VEC_OF(struct blaming);

/* In the prose of the body: not in code, comments, quotations (`>`) or code
 * spans. At most one for each sentence, in the order of the text; time grows
 * with it. */
void blame_find(struct blamings *out, struct arena *a,
		const struct retro *retro, const struct body *body);

#endif
