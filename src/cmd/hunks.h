/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * `git diff` of a retro: the heading of the section, or the field, that a
 * change lies in stands in the hunk's header. Two things bring that about: a
 * committed file of attributes in the folder of the retros that calls them
 * `diff=retro`, and what that means, in this clone's config. Where only the
 * first is there, git shows what it always does.
 *
 * There is no merge driver: where its program is missing, git would leave one
 * side in the file without a mark, and the other would be lost.
 */
#ifndef CMD_HUNKS_H
#define CMD_HUNKS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/cmd.h"

/* The lines of the attributes file. */
extern const char hunks_attributes[];

/* Sets `diff.retro.xfuncname`, if nobody set it to something else, and appends
 * a line that says what was done. Twice changes nothing. */
MUST_USE struct err *hunks_install(struct buf *said, struct env *env,
				   bool dry_run);

/* Takes it away if it is ours, and says so; else says nothing. */
MUST_USE struct err *hunks_remove(struct buf *said, struct env *env);

#endif
