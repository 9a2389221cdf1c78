/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text as people read it: UTF-8, measured in terminal columns. Input may be
 * any bytes; an invalid byte counts as one U+FFFD of width 1 everywhere.
 * Width, case and normal forms are utf8proc's (Unicode); East Asian wide and
 * fullwidth characters and emoji take two columns, combining marks none.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

/* Columns that `n` bytes take. Control characters count 0: clean first. */
size_t text_width(const char *s, size_t n);

/* How many bytes of `s` fit into `columns`, never splitting a character or
 * parting it from its combining marks. `*width`, if not NULL, gets the columns
 * used. */
size_t text_fit(const char *s, size_t n, size_t columns, size_t *width);

/* Whether the bytes are valid UTF-8; `*bad`, if not NULL, gets the offset of
 * the first byte that is not. */
bool text_is_utf8(const char *s, size_t n, size_t *bad);

/* Appends `s` with U+FFFD in the place of each invalid byte. */
void text_valid(struct buf *out, const char *s, size_t n);

/* Decodes the character at `s` (n > 0): its code point, or -1 for an invalid
 * byte; `*len` gets its bytes (at least 1). */
int text_decode(const char *s, size_t n, size_t *len);

/* Appends a code point as UTF-8. */
void text_encode(struct buf *out, int c);

enum {
	TEXT_KEEP_LINES = 1, /* newline and tab pass as they are */
};

/* Appends `s` made safe for a terminal: control characters (C0, DEL, C1),
 * U+2028, U+2029 and what is not seen (base/unseen.h) become visible as U+FFFD,
 * invalid bytes too; of more than eight marks on one letter the rest is left
 * out; a tab or newline becomes a space unless kept. */
void text_clean(struct buf *out, const char *s, size_t n, unsigned flags);
MUST_USE char *text_cleaned(struct arena *a, const char *s);

/* Narrows `*s`, `*n` to the part without white space at its ends (ASCII white
 * space, U+00A0 and the ideographic space U+3000). */
void text_trim(const char **s, size_t *n);

/* For comparing: compatibility form (NFKC), case folded, runs of white space
 * as one space, trimmed. Full width and half width become the same. */
MUST_USE char *text_fold(struct arena *a, const char *s, size_t n);

/* For finding: writes the character `c` as text_fold() has it, without accents,
 * and returns its bytes. 0 for a mark, which belongs to the letter before it;
 * -1 if `c` is neither letter, digit nor mark. */
#define TEXT_LETTER_MAX 128
int text_fold_letter(char out[TEXT_LETTER_MAX], int c);

/* Lower-case letters and digits of any script, everything else as single
 * dashes, at most `max` characters, cut at a dash where there is one; never
 * empty ("retro"). "v1.4.0: 标签" gives "v1-4-0-标签". */
MUST_USE char *text_slug(struct arena *a, const char *s, size_t max);

/* Edits (insert, delete, change, swap of neighbours) from one word to the
 * other, in bytes. */
size_t text_distance(const char *a, const char *b);

/* The candidate most like `word`, or NULL if none is near enough to be meant
 * (a third of its length at most, and at least one edit is allowed). */
const char *text_nearest(const char *word, const struct strs *candidates);

/* Equal but for case, spaces, `-` and `_`. Anything but ASCII must be equal. */
bool text_alike(const char *a, const char *b);

#endif
