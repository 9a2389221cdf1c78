/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Marked lines in a file that is somebody else's to edit: a script that husky
 * runs, or lefthook's local settings. The lines of a hook start with
 * "# git-retro hook: <hook>; ..." and end with "# git-retro hook end".
 */
#ifndef HOOK_BLOCK_H
#define HOOK_BLOCK_H

#include <stdbool.h>

#include "base/buf.h"

enum block_state {
	BLOCK_ABSENT,
	BLOCK_SAME,
	BLOCK_OTHER, /* of another version */
};

/* `lines` are those of one hook, as they would be written now. */
enum block_state block_find(const struct buf *file, const struct buf *lines);

/* Puts them in, in the place of older ones: at the end of the file or, if
 * `first`, at its start behind a "#!". `fresh`: there was no such file. */
void block_add(struct buf *file, const struct buf *lines, bool first,
	       bool fresh);

/* Takes them out again, to the byte. True if they are all there was, and there
 * was no such file before. */
bool block_remove(struct buf *file, const struct buf *lines);

#endif
