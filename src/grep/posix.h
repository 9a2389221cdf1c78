/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Basic and extended regular expressions of POSIX, with the extensions of the
 * C library, written as PCRE2 has them. PCRE2 with JIT is many times faster
 * than regexec(), and here it has one question to answer: which lines match?
 * How long a match is (POSIX takes the longest, PCRE2 the first alternative)
 * is regexec()'s answer.
 */
#ifndef GREP_POSIX_H
#define GREP_POSIX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Whether regcomp() would copy what is repeated until memory ends: each of the
 * pluses in "a++++" makes it twice as large. */
bool posix_is_too_large(const char *source, bool extended);

/* For UTF-8, PCRE2_UTF and PCRE2_MULTILINE; what it appends never matches a
 * newline. `source` is valid, which regcomp() has said, and has no newline.
 * False where it is better left to regexec(): back-references, collating
 * elements, and whatever is seldom enough. *loose is set if a line with a
 * character outside ASCII may be found that is none, since the C library has
 * classes of its own for those ([[:alpha:]], \w, case). Every line that the
 * source matches is found in any case. */
bool posix_translate(struct buf *out, bool *loose, const char *source,
		     bool extended, bool ignore_case);

#endif
