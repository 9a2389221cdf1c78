/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The patches that agents write for apply_patch:
 *
 *	*** Begin Patch
 *	*** Update File: src/load.c
 *	@@ int load(void)
 *	 	int n;
 *	-	return 0;
 *	+	return n;
 *	*** End Patch
 *
 * beside "*** Add File:", "*** Delete File:" and "*** Move to:". A hunk has no
 * numbers: its place is where its lines stand.
 */
#ifndef AGENT_PATCH_H
#define AGENT_PATCH_H

#include <stdbool.h>

#include "base/arena.h"

enum patch_kind { PATCH_UPDATE, PATCH_ADD, PATCH_DELETE };

struct patch_file {
	enum patch_kind kind;
	const char *path; /* as it stands there */
	const char *body; /* the lines behind it, borrowed from the patch */
	size_t n;
};

/* The patch that stands in a text, behind its first line; NULL: none. */
const char *patch_find(const char *text);

/* Takes the next file off `*at`; false behind the last. */
bool patch_next(struct patch_file *out, struct arena *a, const char **at);

/* The file (NULL for a new one) as the patch leaves it, in the arena; NULL if
 * that is no file, or if the patch does not fit. */
const char *patch_apply(struct arena *a, const struct patch_file *file,
			const char *before);

#endif
