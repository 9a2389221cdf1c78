/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What changed in what a project is built from over a range, for the commands
 * that show it.
 */
#ifndef CMD_RANGE_LOCKS_H
#define CMD_RANGE_LOCKS_H

#include "capture/lock_changes.h"
#include "cmd/cmd.h"

/* Whether it is a file that is read: of a known format, and no other people's
 * code. */
bool range_is_own_lock(const char *path);

/* Between two trees. */
MUST_USE struct err *range_locks(struct lock_changes *out, struct env *env,
				 const struct oid *from, const struct oid *to);

/* The same of a range as a retro has it, "A..B"; nothing where it has none, or
 * where its ends are not here. */
MUST_USE struct err *range_lock_changes(struct lock_changes *out,
					struct env *env, const char *range);

#endif
