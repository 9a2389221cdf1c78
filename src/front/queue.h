/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The queue of rewritten commits, as the hook post-rewrite appends to it; its
 * form and its reader are in lineage/rewrites.h. With the C library alone, for
 * git-retro-hook.
 */
#ifndef FRONT_QUEUE_H
#define FRONT_QUEUE_H

#include <stddef.h>

/* Appends `lines` ("<old id> <new id>", what follows is left out) of the
 * command ("amend", "rebase"). In one write, so that two processes never mix
 * their lines. Left out are those that end in the commit which a rebase builds
 * on: that is what git says of the first commit if it is skipped. Failing is no
 * error: git has done its work. */
void queue_append(const char *git_dir, const char *common_dir,
		  const char *command, const char *lines, size_t n);

#endif
