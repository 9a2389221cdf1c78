/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was tried: the rows of a table whose heads say so, as the templates have
 * it in either language,
 *
 *	| Tried | What it did | Kept |
 *	| 试了什么 | 效果 | 是否保留 |
 *
 * in whatever section it stands.
 */
#ifndef MODEL_TRIAL_H
#define MODEL_TRIAL_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/body.h"

enum trial_kept { TRIAL_UNKNOWN, TRIAL_KEPT, TRIAL_DROPPED };

struct trial {
	const char *tried, *effect; /* plain, one line; "" if there is none */
	enum trial_kept kept;
	int line;
	struct strs paths; /* named in code spans of the row (pitfall.h) */
};
struct trials VEC_OF(struct trial);

/* Of a body that was read whole. */
void trials_of(struct trials *out, struct arena *a, const struct body *body);

/* "kept", "dropped", "unknown" */
const char *trial_kept_name(enum trial_kept kept);

#endif
