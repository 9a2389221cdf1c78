/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Problems that have one right answer, and putting them right: a key or a word
 * that is one slip away from the only one that fits, a field whose value stands
 * elsewhere in the file, an action or a pitfall without a number, a key or a
 * number that a merge left there twice. The rules propose, with the problem
 * (diag.h), and nothing else in the file may change.
 */
#ifndef MODEL_FIX_H
#define MODEL_FIX_H

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/body.h"
#include "model/diag.h"
#include "model/policy.h"
#include "model/retro.h"

/* Each gives NULL where a person must decide. In the arena. */

/* A key of the front matter, to the field it must be. */
const struct fix *fix_key(struct arena *a, const struct retro *retro,
			  const struct node *key);
/* A line for a field that the file lacks: the title is the first heading, the
 * date that of the file's name. The body has been read. */
const struct fix *fix_field(struct arena *a, const struct retro *retro,
			    const char *key);
/* An action in its usual form, as far as that is a matter of a few bytes: a
 * plain item gets its box, `[]` and `[ ]A2` their spaces, and each, where
 * `number` is not 0, "A7: " in front of its text. NULL where nothing is to be
 * done. */
const struct fix *fix_action(struct arena *a, const struct retro *retro,
			     const struct action *action, long number);

/* "P7: " in front of a pitfall's text. */
const struct fix *fix_pitfall(struct arena *a, const struct retro *retro,
			      const struct pitfall *pitfall, long number);

/* Whether pitfalls of a retro with an id have no number. */
bool fix_numbers_pitfalls(const struct retro *retro);
/* Proposes a number (rule pitfall-number) for each pitfall that has none, but
 * for those where `diags` do. */
void fix_pitfalls(struct diags *diags, const struct retro *retro);

/* Whether anything but the file itself may name one of its actions or pitfalls
 * by its number; also where that cannot be told. */
typedef bool fix_named_fn(void *data, const struct retro *retro,
			  const char *number);
/* Proposes the next free number for each later one of two actions or pitfalls
 * that have the same, where `diags` tell of it and nothing names the number. */
void fix_doubles(struct diags *diags, const struct retro *retro,
		 fix_named_fn *named, void *data);

/* Gives the file's bytes with what the problems of `diags` in this file
 * propose, and how many that were. The bytes are read again: ERR_UNSUPPORTED if
 * more differs than was meant, and `out` is empty then. */
MUST_USE struct err *fix_apply(struct buf *out, size_t *count, struct arena *a,
			       const struct retro *retro,
			       const struct policy *policy,
			       const struct diags *diags);

#endif
