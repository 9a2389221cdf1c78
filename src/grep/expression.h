/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a line must match: patterns put together by and, or, not and
 * parentheses, with the meaning they have in `git grep`. Patterns side by side
 * are alternatives. Belongs to one thread at a time.
 */
#ifndef GREP_EXPRESSION_H
#define GREP_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "grep/pattern.h"

struct expression;

/* `tokens` come in twos, as OPT_TOKEN gives them (opt.h): "regexp" or "" and a
 * pattern, whose lines are alternatives; "and", "or" or "not" and "". A "("
 * or ")" under the name "" is a parenthesis. Lives in the arena, but its
 * patterns must be released. ERR_USAGE if it is no expression. */
MUST_USE struct err *expression_new(struct expression **out, struct arena *a,
				    const struct strs *tokens,
				    enum syntax syntax, unsigned flags);
void expression_release(struct expression *x); /* NULL is allowed */

/* See pattern.h; a line matches if the expression holds for it. */
MUST_USE struct err *expression_hits(bool *hit, struct expression *x,
				     const char *line, size_t n);

/* The first and longest match of any of the patterns, those under a "not"
 * too. */
MUST_USE struct err *expression_find(bool *hit, struct span *span,
				     struct expression *x, const char *line,
				     size_t n, bool rest);

/* The byte, from 1, at which `git grep --column` says that a line begins to
 * match: where the first of the patterns does, of an inverted search one of
 * those under a "not"; 0 where there is none. */
MUST_USE struct err *expression_column(size_t *column, struct expression *x,
				       const char *line, size_t n, bool invert);

/* As pattern_skip(). Of one text, `at` only grows; it is 0 in the first
 * call for a text. */
size_t expression_skip(bool *sure, struct expression *x, const char *text,
		       size_t n, size_t at);

#endif
