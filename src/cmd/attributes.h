/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What git does with a retro: `git diff` shows the section, or the field, of a
 * change in the hunk's header, and `git merge` merges by field, section and
 * item. Two things bring that about: a committed file of attributes in the
 * folder of the retros that calls them `diff=retro merge=retro`, and what that
 * means, in this clone's config. Where only the first is there, git does what
 * it always does.
 *
 * Where the program of a merge driver is missing, git leaves one side in the
 * file without a mark, and the other is lost: the configured command then calls
 * git's own merge.
 */
#ifndef CMD_ATTRIBUTES_H
#define CMD_ATTRIBUTES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/cmd.h"

/* The lines of the attributes file. */
extern const char attributes_lines[];

/* Sets what they mean, where nobody set it to something else, and appends lines
 * that say what was done. Twice changes nothing. */
MUST_USE struct err *attributes_install(struct buf *said, struct env *env,
					bool dry_run);

/* Takes away what is ours of it, and says so; else says nothing. */
MUST_USE struct err *attributes_remove(struct buf *said, struct env *env);

#endif
