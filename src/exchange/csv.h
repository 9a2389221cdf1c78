/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Comma separated values (RFC 4180), strictly: a quote that is not closed and a
 * row with fewer or more fields than the first are errors, so that half a file
 * does not pass for a whole one. Lines end with \r\n or \n, and a byte order
 * mark is skipped.
 */
#ifndef EXCHANGE_CSV_H
#define EXCHANGE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

struct csv {
	struct arena *arena;
	char separator;
	const char *at, *end; /* what is left; borrowed */
	size_t line;          /* of `at`, from 1 on */
	size_t columns;       /* of the first row; 0: not read yet */
};

void csv_init(struct csv *csv, struct arena *a, const char *bytes, size_t n,
	      char separator);

/* The next row, its fields in the arena and `*line` where it begins; `*more` is
 * false at the end. An empty line is no row. ERR_UNSUPPORTED, with the line. */
MUST_USE struct err *csv_row(struct strs *fields, size_t *line, bool *more,
			     struct csv *csv);

#endif
