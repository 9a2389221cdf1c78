/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compiler attributes, by short names. Every header may include this one.
 */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

/* The result says whether it worked, or must be freed: ignoring it warns. */
#define MUST_USE __attribute__((warn_unused_result))
/* Argument `fmt` (from 1) is a printf format, its values start at `args`. */
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define NORETURN          __attribute__((noreturn))
#define UNUSED            __attribute__((unused))

#define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))

#endif
