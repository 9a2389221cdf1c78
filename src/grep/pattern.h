/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One pattern of grep, matched against lines as `git grep` matches them: the
 * one door to PCRE2. Text is UTF-8 whatever the locale; an invalid byte is
 * matched by nothing but itself in a case-sensitive fixed string.
 *
 * Fixed strings and Perl expressions are PCRE2's, basic and extended ones
 * those of regcomp(); which lines these match is still found by PCRE2 wherever
 * posix.h can put them so, and regexec() tells how far a match reaches.
 *
 * A pattern belongs to one thread at a time.
 */
#ifndef GREP_PATTERN_H
#define GREP_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/span.h"

enum syntax { SYNTAX_BASIC, SYNTAX_EXTENDED, SYNTAX_FIXED, SYNTAX_PERL };

enum {
	PATTERN_IGNORE_CASE = 1,
	PATTERN_WORD = 2,    /* only where no letter, digit (of ASCII) or `_`
			   * stands before it or behind */
	PATTERN_UNICODE = 4, /* in a Perl expression \w and the other classes
			      * are of all scripts, not of ASCII alone */
};

struct pattern;

/* `source` has no newline. ERR_USAGE, with what the library says, if it is no
 * such expression. */
MUST_USE struct err *pattern_new(struct pattern **out, const char *source,
				 enum syntax syntax, unsigned flags);
void pattern_free(struct pattern *pattern); /* NULL is allowed */

/* Whether the line of `n` bytes, without its newline, matches. `rest` says
 * that it is the rest of a line, so that `^` does not match at its start.
 * ERR_FAILED if the pattern needs more steps than PCRE2 allows it. */
MUST_USE struct err *pattern_hits(bool *hit, struct pattern *pattern,
				  const char *line, size_t n, bool rest);

/* The same, and where the first match lies. */
MUST_USE struct err *pattern_find(bool *hit, struct span *span,
				  struct pattern *pattern, const char *line,
				  size_t n, bool rest);

/* Skips lines: from the start of a line at `at` to one that may match, or to
 * the end of the text; no line between them does. *sure: that one does. Never
 * fails: a pattern that needs too many steps may match, so pattern_hits() says
 * so of that line. */
size_t pattern_skip(bool *sure, struct pattern *pattern, const char *text,
		    size_t n, size_t at);

/* "10.42", and whether it compiles to machine code here. */
const char *pattern_version(bool *jit);

#endif
