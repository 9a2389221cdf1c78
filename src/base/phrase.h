/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A message that is kept and shown later, in the language of whoever reads it
 * then: the format and its values in one string, which can be stored.
 *
 *	phrase = phrase_pack(a, N_("did you mean '%s'?"), name);
 *	phrase_english(a, phrase)   what programs are given, and compare
 *	phrase_text(a, phrase)      what people are shown
 *
 * A message without values is its own phrase. Values are cleaned of control
 * characters (text.h). Formats take %s, %.*s, %c, %d, %u, %X, %ld, %lld, %zu
 * with flags and widths; a translation may reorder them (%2$s).
 */
#ifndef BASE_PHRASE_H
#define BASE_PHRASE_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"

char *phrase_pack(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
char *phrase_packv(struct arena *a, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

/* Clean. NULL gives NULL. Where a phrase lacks a value, nothing stands. */
char *phrase_english(struct arena *a, const char *phrase);
char *phrase_text(struct arena *a, const char *phrase);
/* Appends what phrase_text() gives. */
void phrase_put(struct buf *out, const char *phrase);
/* Whether they say the same, of other values. */
bool phrase_is_like(const char *one, const char *other);

#endif
