/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text in several styles that wraps: built piece by piece, cut into lines, and
 * put out line by line. All of its text is clean. A style that reaches over a
 * line's end is closed there and opened again on the next line.
 */
#ifndef VIEW_PROSE_H
#define VIEW_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "view/style.h"

/* A set of roles, for text that is strong and a link. */
#define PROSE_ROLE(role) (1u << (role))

/* These roles hold from this byte on. */
struct prose_span {
	size_t at;
	unsigned roles;
};

struct prose {
	struct arena *arena;
	struct buf text; /* '\n' ends a line wherever it stands */
	struct VEC_OF(struct prose_span) spans;
	bool broken; /* the source had a line end here */
};

/* A line without the spaces at its ends; in bytes, and columns. */
struct prose_line {
	size_t start, end;
	size_t width;
};
struct prose_lines VEC_OF(struct prose_line);

void prose_init(struct prose *prose, struct arena *a);
void prose_release(struct prose *prose);

/* Appends `s`, cleaned. */
void prose_add(struct prose *prose, unsigned roles, const char *s);
/* The line ends here. */
void prose_break(struct prose *prose);
/* The source's line ended here: a space, but none between two wide
 * characters. */
void prose_soft_break(struct prose *prose);

enum {
	PROSE_CUT_WORDS = 1, /* a word wider than the line is cut; else it
			      * sticks out, so that a URL stays whole */
};

/* Cuts the text into lines of at most `width` columns, the first one of
 * `first`. Lines part at spaces, and between characters of which one is wide
 * unless punctuation holds them together. Empty text gives no line. */
void prose_wrap(struct prose_lines *out, const struct prose *prose,
		size_t first, size_t width, unsigned flags);

/* The style's width, or less where that is too wide to read well. */
size_t prose_width(const struct style *style);

/* Appends one line, without a newline. */
void prose_put(struct buf *out, const struct style *style,
	       const struct prose *prose, struct prose_line line);

/* Appends the text in lines that end with a newline, indented, and all but the
 * first a little more: on a terminal none is wider, a word neither; elsewhere
 * there is one line. */
void prose_put_block(struct buf *out, const struct style *style,
		     const struct prose *prose, size_t indent);

#endif
