/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A search of the work tree and of every branch. A retro is one, wherever it
 * lies: of several texts the one that corpus_open_all() chose is searched.
 */
#ifndef SEARCH_EVERYWHERE_H
#define SEARCH_EVERYWHERE_H

#include "corpus/corpus.h"
#include "search/search.h"

/* As search_run(). Opens `corpus`, of every branch; the results are its
 * retros, so that corpus_copies() tells where they lie. */
MUST_USE struct err *search_everywhere(struct results *out,
				       struct corpus *corpus, struct arena *a,
				       struct repo *repo,
				       const struct policy *policy,
				       const struct terms *terms, size_t limit,
				       struct diags *diags);

#endif
