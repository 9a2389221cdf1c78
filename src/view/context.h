/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Retros that concern files or a change, each with what speaks for it.
 */
#ifndef VIEW_CONTEXT_H
#define VIEW_CONTEXT_H

#include "base/arena.h"
#include "base/buf.h"
#include "report/context.h"
#include "view/object.h"
#include "view/style.h"

/* No more evidence of one retro is shown; the rest is counted. */
#define CONTEXT_SHOWN 5

void context_text(struct buf *out, struct arena *a, const struct style *style,
		  const struct findings *findings);

/* A list for a comment on a forge: foreign text is inert (inert.h). Without the
 * weak ones: */
void context_markdown(struct buf *out, struct arena *a,
		      const struct findings *findings);

/* they take one line together, without their pitfalls. */
void context_weak_markdown(struct buf *out, struct arena *a,
			   const struct findings *findings);

/* {"version":1,"retros":[{"id","path","title","status","severity","date",
 * "pitfall","evidence":[{"type","path","what","then","role","commit"}]}]}:
 * strongest first, in both; the types are those of report/evidence.h. `pitfall` is
 * the text of the one that says most here. */
void context_json(struct buf *out, struct arena *a,
		  const struct findings *findings);

/* Its "retros" alone, for an answer that has more. */
json_t *context_array(struct arena *a, const struct findings *findings);

/* What a piece of evidence says, in words without the path: "named in a
 * pitfall", "its fix b0dd790f44 changed this place: <line>". Clean; in the
 * arena. */
const char *context_why(struct arena *a, const struct evidence *evidence);

#endif
