/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The word that was meant where one is in no retro.
 */
#ifndef SEARCH_NEAREST_H
#define SEARCH_NEAREST_H

#include "search/match.h"

/* The word of the index's texts that is most like a Latin one and begins like
 * it, as somebody wrote it; NULL if none is near enough. Within index_do(), in the arena. */
const char *nearest_in_texts(struct matching *m, const char *text);

#endif
