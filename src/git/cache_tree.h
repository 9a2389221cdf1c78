/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The cache tree of git's index, its extension "TREE" (gitformat-index(5)): of
 * each folder the id of the tree that its entries make, as long as none of them
 * was staged since. git itself passes over a folder whose tree is HEAD's.
 */
#ifndef GIT_CACHE_TREE_H
#define GIT_CACHE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "git/oid.h"

struct cache_tree {
	const char *name; /* of the folder in its own; "" of the root */
	size_t n;
	long entries; /* below it; -1: something was staged */
	struct oid id;
	struct cache_tree *folders; /* sorted as git has them */
	size_t nr;
};

/* `size` is that of an id. False if it is damaged. Names are borrowed from the
 * bytes, the rest is in the arena. */
bool cache_tree_read(struct cache_tree *out, struct arena *a,
		     const uint8_t *bytes, size_t n, size_t size);
/* The one of this name in its own; NULL if there is none, or `tree` is NULL. */
const struct cache_tree *cache_tree_folder(const struct cache_tree *tree,
					   const char *name, size_t n);
/* Whether it is known that the folder's entries make this tree. */
bool cache_tree_is(const struct cache_tree *tree, const struct oid *id);

#endif
