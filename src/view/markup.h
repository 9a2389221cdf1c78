/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Raw HTML in a document is text to us: it is shown as written, but for what
 * is not meant to be read.
 */
#ifndef VIEW_MARKUP_H
#define VIEW_MARKUP_H

#include <stdbool.h>

#include "base/arena.h"

/* A whole piece of inline HTML. */
bool markup_is_comment(const char *html);
bool markup_is_break(const char *html); /* <br> */

/* A block without its comments, in the arena; NULL if nothing is left. */
const char *markup_visible(struct arena *a, const char *html);

#endif
