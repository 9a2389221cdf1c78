/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The links of a retro, resolved: what its commits are, which release has the
 * fix first, what lacks it, and which commits seem to belong to it.
 */
#ifndef CMD_SHOW_LINKS_H
#define CMD_SHOW_LINKS_H

#include "cmd/cmd.h"
#include "corpus/corpus.h"
#include "view/style.h"

/* Appends it for a person; nothing for a retro that no commit has to do
 * with. */
MUST_USE struct err *show_links(struct buf *out, struct env *env,
				struct corpus *corpus, struct retro *retro,
				const struct style *style);

/* Appends one pitfall of a retro (`number` is "P1"): its text, and what its
 * problem says of commits and lines. ERR_NOT_FOUND where neither the text nor
 * the front matter has it. */
MUST_USE struct err *show_problem(struct buf *out, struct env *env,
				  struct corpus *corpus, struct retro *retro,
				  const char *number,
				  const struct style *style);

#endif
