/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trees as they must be after an edit: a node with one thing in it different,
 * the rest shared with the old one. They have no place in a file.
 */
#ifndef MODEL_GRAFT_H
#define MODEL_GRAFT_H

#include <stdbool.h>

#include "model/node.h"

const struct node *graft_scalar(struct arena *a, const char *text);

/* The list with `text` behind its items. NULL, nothing and a scalar are lists
 * of none and of one; a map is not taken. */
const struct node *graft_item(struct arena *a, const struct node *list,
			      const char *text);
/* The list with a node behind its items; NULL and nothing are a list of none,
 * a scalar and a map one of one. */
const struct node *graft_append(struct arena *a, const struct node *list,
				const struct node *item);
/* The list with another item at `at`. */
const struct node *graft_at(struct arena *a, const struct node *list, size_t at,
			    const struct node *item);
/* The list without the item at `at`; of a scalar, the empty list. */
const struct node *graft_without(struct arena *a, const struct node *list,
				 size_t at);

/* The list with `text` as its item at `at`; of a scalar, the scalar. */
const struct node *graft_other(struct arena *a, const struct node *list,
			       size_t at, const char *text);

/* The map with another value at `at` or, if `key` is given, with a new pair
 * there. */
const struct node *graft_pair(struct arena *a, const struct node *map,
			      size_t at, const char *key,
			      const struct node *value);

#endif
