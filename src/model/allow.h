/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a person who wrote a line says to a rule that dislikes it:
 *
 *	<!-- retro: allow blame: these are the customer's words -->
 *	# retro: allow secret: revoked in May      (in the front matter)
 *
 * It applies to its own line and, where it stands alone in that, to the next.
 * Without a reason it has no effect.
 */
#ifndef MODEL_ALLOW_H
#define MODEL_ALLOW_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/retro.h"

struct allow {
	const char *rule;   /* as written; "" if none is named */
	const char *reason; /* "" if there is none */
	struct pos pos;
	int last; /* line; the first is pos.line */
};
struct allows VEC_OF(struct allow);

/* In the order of the lines. Time grows with the file. */
void allow_collect(struct allows *out, struct arena *a,
		   const struct retro *retro);

/* Whether a line is excused, with a reason, from a rule. */
bool allow_has(const struct allows *allows, const char *rule, int line);

#endif
