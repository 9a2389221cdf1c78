/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The paths in which two trees differ, as hashes, for thousands of pairs of
 * trees that are alike. git diff-tree reads each tree twice, as a commit's and
 * as that of its child's parent, and compares name by name; here a tree is read
 * once while it is needed, and what two have in common is passed over as bytes.
 * The paths themselves are never made.
 */
#ifndef GIT_TREE_PATHS_H
#define GIT_TREE_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "git/oid.h"

struct repo;
struct tree_paths;

uint32_t tree_path_hash(const char *path);

/* For about so many pairs; NULL where git is to be asked (object.h). */
struct tree_paths *tree_paths_new(struct repo *repo, size_t pairs);
void tree_paths_free(struct tree_paths *paths); /* NULL is allowed */

/* At most `max` hashes, in no order; *nr is how many there are, or more than
 * `max`. `from` is NULL for no tree. False if this cannot tell: an object is
 * missing or odd. */
bool tree_paths_between(uint32_t *out, uint32_t *nr, uint32_t max,
			struct tree_paths *paths, const struct oid *from,
			const struct oid *to);

/* The same with what each path is on both sides. */
struct path_blobs {
	uint32_t path;
	bool odd;            /* on a side it is neither a file nor a link */
	struct oid from, to; /* zeros: none there */
};
bool tree_paths_blobs(struct path_blobs *out, uint32_t *nr, uint32_t max,
		      struct tree_paths *paths, const struct oid *from,
		      const struct oid *to);

#endif
