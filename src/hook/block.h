/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two marked lines at the end of somebody's own hook script, where that script
 * and not the hook itself is theirs to edit (husky).
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

enum block_state block_find(const struct buf *script, const char *hook);

/* The script with the lines in it; an empty one becomes a script. */
void block_add(struct buf *script, const char *hook);
/* Takes them out again, to the byte. A script that was none before is empty
 * then. */
void block_remove(struct buf *script);

/* The line that runs us, for a person to copy. */
void block_line(struct buf *out, const char *hook);

#endif
