/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Retros that are about the same as one: they share several words that few
 * retros have, or files. What is shared is named, so that a person can judge.
 *
 * The bounds were set by judging what is found in a real collection
 * (tests/real/similar.md): below them too much is found by chance.
 */
#ifndef SEARCH_SIMILAR_H
#define SEARCH_SIMILAR_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"

#define SIMILAR_MAX 3

struct similar {
	const struct retro *retro;
	double likeness;
	struct strs words; /* the rarest first, folded; at most 5 */
	struct strs paths; /* globs that both have in `paths` */
};
struct similars VEC_OF(struct similar);

/* Those like `retro` (its body is read), the most like first. It may be one of
 * the corpus or not; the corpus is that of the work tree, or of HEAD in a bare
 * repository. In its arena. */
MUST_USE struct err *similar_find(struct similars *out, struct corpus *corpus,
				  const struct retro *retro);

#endif
