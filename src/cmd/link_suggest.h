/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * link --suggest: proposes links for a retro, or causes for a fix, and writes
 * nothing.
 */
#ifndef CMD_LINK_SUGGEST_H
#define CMD_LINK_SUGGEST_H

#include "cmd/cmd.h"

/* `fixes` are revisions; the retro is the one argument, or none. */
MUST_USE struct err *link_suggest(struct env *env, const struct strs *fixes,
				  int format);

#endif
