/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Retros like another one, a line each, with what both have.
 */
#ifndef VIEW_SIMILAR_H
#define VIEW_SIMILAR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "search/similar.h"
#include "view/style.h"

/* Nothing if there are none. `numbered`: to be chosen from, from 1. */
void similar_text(struct buf *out, struct arena *a, const struct style *style,
		  const struct similars *similars, bool numbered);

#endif
