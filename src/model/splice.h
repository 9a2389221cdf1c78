/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changes to a text that leave every other byte alone: at some places bytes
 * go, others come. And the lines around a byte, which say where.
 */
#ifndef MODEL_SPLICE_H
#define MODEL_SPLICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

struct splice {
	size_t at, len;   /* the old bytes that go */
	const char *text; /* what comes there */
};
struct splices VEC_OF(struct splice);

/* The text that is being changed. */
struct cutter {
	struct arena *a;
	const char *bytes; /* borrowed */
	size_t n;
	const char *eol; /* "\n" or "\r\n", for new lines */
	struct splices splices;
};

/* Notes a change; in the order of the places, none over another. `text` is
 * kept as a copy. */
void cutter_splice(struct cutter *c, size_t at, size_t len, const char *text);
/* Appends the text with the changes made. */
void cutter_apply(struct buf *out, const struct cutter *c);

/* The first byte of the line of `at`. */
size_t cutter_line_start(const struct cutter *c, size_t at);
/* The end of that line, before its \n or \r\n. */
size_t cutter_line_end(const struct cutter *c, size_t at);
/* The first byte after that line and its end. */
size_t cutter_next_line(const struct cutter *c, size_t at);
/* The first byte from `at` on that is not a blank or tab. */
size_t cutter_skip_blanks(const struct cutter *c, size_t at);
/* The first byte from `at` on that is not a blank, and no line end either. */
size_t cutter_skip_space(const struct cutter *c, size_t at);
/* Whether only spaces stand before `at` in its line. */
bool cutter_leads(const struct cutter *c, size_t at);
/* The bytes from one place to the other, in the arena. */
const char *cutter_copy(const struct cutter *c, size_t from, size_t to);

#endif
