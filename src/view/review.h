/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a reviewer of a branch should know, as Markdown and as JSON. Nothing is
 * written where there is nothing to say.
 */
#ifndef VIEW_REVIEW_H
#define VIEW_REVIEW_H

#include "base/buf.h"
#include "report/review.h"

/* The first line of the Markdown, by which a bot finds its own comment. */
#define REVIEW_MARK "<!-- git-retro review -->"

/* For a comment on a forge: long lists are cut and counted, and so is the whole
 * at 60,000 bytes (GitHub takes 65,536 characters). Foreign text is inert
 * (inert.h). `whole` leaves nothing out: for a person at a terminal, who gets
 * it rendered (term_markdown()). */
void review_markdown(struct buf *out, const struct review *review, bool whole);

/* {"version":1,"from","to","retros":[{"change":"added|changed|removed","id",
 * "path","title","status","releases","fields":[{"key","before","after"}],
 * "sections":[{"heading","added","deleted"}],"similar":[{"id","title",
 * "words","paths"}]}],"settings":[{"key","before",
 * "after"}],"diagnostics":[...],"actions":[{"name","text","owner","due",
 * "closed-by","before":"open|done|declined"|null,"after"}],"overdue":[{"name",
 * "text","owner","due","closed-by"}],"owed":[tag],"carried":[{"line","retro",
 * "state":"exposed|suspect","pitfall","pick"}],"context":[...]}, the last as
 * "retros" of context_json(); "dependencies" is lock_changes_json(). */
void review_json(struct buf *out, struct arena *a, const struct review *review);

#endif
