/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A tree object as git writes it: entry behind entry, "<octal mode> <name>", a
 * NUL and the raw id, sorted as if the names of trees ended with a slash.
 */
#ifndef GIT_TREE_OBJECT_H
#define GIT_TREE_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "git/object.h"
#include "git/oid.h"

enum {
	MODE_TYPE = 0170000,
	MODE_FILE = 0100000,
	MODE_TREE = 0040000,
	MODE_LINK = 0120000,
	MODE_MODULE = 0160000,
};

struct tree_item {
	unsigned mode;
	const char *name; /* borrowed from the object */
	size_t n;         /* bytes of that */
	struct oid id;
};

bool tree_item_is_blob(const struct tree_item *item);
bool tree_item_is_tree(const struct tree_item *item);

/* The item at *at, which moves after it; false at the end, and where the
 * object is damaged. `size` is that of an id. */
bool tree_object_next(struct tree_item *out, const char **at, const char *end,
		      size_t size);

/* To be released. An error if it is not here (a treeless clone); `path` is for
 * its message. */
MUST_USE struct err *tree_object_read(struct object *out, struct repo *repo,
				      const struct oid *id, const char *path);

/* The id of a commit's tree. */
MUST_USE struct err *tree_object_root(struct oid *out, struct repo *repo,
				      const struct oid *commit);

#endif
