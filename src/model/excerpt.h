/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Some sections of a body, as a body of its own: `show --section pitfalls`.
 */
#ifndef MODEL_EXCERPT_H
#define MODEL_EXCERPT_H

#include "base/arena.h"
#include "base/span.h"
#include "base/vec.h"
#include "model/body.h"
#include "model/retro.h"

/* The sections that one of the names means, each with those below it, in the
 * document's order: their blocks, headings included, their pitfalls and their
 * actions. A name is a section's key, or a heading: its own text (case, markup
 * and `#` in front aside), or one that the table of sections knows for the same
 * key. Appends to `missing` each name that means none. */
struct body *excerpt_body(struct strs *missing, struct arena *a,
			  const struct body *body, const struct strs *names);

/* Only which sections these are. */
struct sections excerpt_sections(struct strs *missing, struct arena *a,
				 const struct body *body,
				 const struct strs *names);

/* out->at[i]: the part of the file that section i takes, whole lines from its
 * heading to the next heading of any level. The sections are in the file's
 * order. */
void excerpt_spans(struct spans *out, struct arena *a,
		   const struct retro *retro, const struct sections *sections);

/* The same as texts, in the arena. */
void excerpt_sources(struct strs *out, struct arena *a,
		     const struct retro *retro,
		     const struct sections *sections);

#endif
