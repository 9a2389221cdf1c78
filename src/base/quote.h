/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A word as a shell reads it. A tag's name may contain `;` and `$(`, and what
 * we print as a command is copied by people.
 */
#ifndef BASE_QUOTE_H
#define BASE_QUOTE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"

/* Appends `word` in single quotes. */
void quote_always(struct buf *out, const char *word);
/* In quotes only where it needs them. In the arena. */
MUST_USE char *quote_word(struct arena *a, const char *word);

/* Appends a path as git does: in double quotes, with escapes as in C, if it
 * has a control character, a quote or a backslash; or, if `ascii` (which is
 * core.quotePath), a byte outside ASCII. */
void quote_path(struct buf *out, const char *path, bool ascii);

/* Appends a path as an address has it (RFC 3986); its slashes stay. */
void quote_uri(struct buf *out, const char *path);
/* Appends what `n` bytes of an address stand for: "Some%20page" as "Some page".
 * What is no escape, or one of NUL, stays as it is. */
void quote_uri_undo(struct buf *out, const char *uri, size_t n);

#endif
