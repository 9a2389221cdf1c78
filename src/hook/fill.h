/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The texts in `hooks/` at the top of the tree, with their marks filled in.
 */
#ifndef HOOK_FILL_H
#define HOOK_FILL_H

#include "base/buf.h"

/* Appends the text `hooks/<name>` for a hook. `program` is what stands for
 * git-retro-hook there, as it is: it comes to stand in quotes. */
void fill(struct buf *out, const char *name, const char *hook,
	  const char *program);

#endif
