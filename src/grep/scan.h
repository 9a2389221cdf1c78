/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One text, searched line by line: what `git grep` does to a file.
 */
#ifndef GREP_SCAN_H
#define GREP_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"
#include "base/vec.h"
#include "grep/expression.h"

enum scan_want {
	SCAN_LINES,
	SCAN_COUNT,
	SCAN_ANY, /* is there one? */
};

struct scan {
	enum scan_want want;
	size_t most;          /* lines of each text; 0: all */
	bool invert;          /* the lines that do not match */
	size_t before, after; /* lines of context */
	bool spans;           /* where the matches lie, too */
	bool column;          /* and where the line begins to match */
};

struct scan_line {
	size_t number;    /* from 1 */
	const char *text; /* without its newline */
	size_t n;
	bool hit;           /* or context */
	size_t column;      /* if asked for: the byte, from 1; 0: none */
	struct spans spans; /* that are not empty, from the left */
};

struct scanned {
	size_t count; /* lines; with SCAN_ANY 1 at most */
	bool binary;  /* a NUL byte near its beginning; `lines` is empty */
	struct VEC_OF(struct scan_line) lines;
};

/* `only`, if not NULL, are the parts of the text to look in, each from the
 * start of a line to behind the end of one, in order. What is found is in the
 * arena, the text is not needed any longer. */
MUST_USE struct err *scan_text(struct scanned *out, struct arena *a,
			       const struct scan *scan, struct expression *x,
			       const char *text, size_t n,
			       const struct spans *only);

#endif
