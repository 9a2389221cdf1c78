/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Three texts merged line by line, as `git merge-file` does it, in this
 * process.
 */
#ifndef GIT_TEXT_MERGE_H
#define GIT_TEXT_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct text {
	const char *p; /* borrowed */
	size_t n;
};

enum text_merge_style { TEXT_MERGE_PLAIN, TEXT_MERGE_DIFF3, TEXT_MERGE_ZDIFF3 };

struct text_merge {
	struct text base, ours, theirs;
	enum text_merge_style style; /* of a conflict, as merge.conflictStyle */
	unsigned marker;             /* how long its markers are; 0: 7 */
};

/* Appends the result; *clean says that it has no conflict. Of bytes that are no
 * text it is our side, as with git, and a conflict. */
MUST_USE struct err *text_merge(struct buf *out, bool *clean,
				const struct text_merge *texts);

#endif
