/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The function that encloses a line, found in the text of its file. The heading
 * of git's hunks names the one before, which may have ended: a type behind a
 * function bears its name, and so does the next function. Here a line belongs to
 * the nearest line above that defines something and stands further left, as
 * nearly all code is indented; one that ends before is none.
 */
#ifndef REPORT_ENCLOSING_H
#define REPORT_ENCLOSING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct enclosing_text;

struct enclosing {
	const char *name; /* in the text: the last part of it */
	size_t n;
	size_t first, lines; /* where it begins, from 1, and how long it is */
};

/* The text must outlive it. In the arena. */
struct enclosing_text *enclosing_open(struct arena *a, const char *text);

/* The innermost function with a name around a line, from 1; a line that defines
 * one, or decorates it, is in it. False if it is in none. */
bool enclosing_find(struct enclosing *out, const struct enclosing_text *text,
		    size_t line);

#endif
