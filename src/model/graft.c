/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/graft.h"

#include <string.h>

#include "base/vec.h"

static struct node *new_graft_node(struct arena *a, enum node_kind kind)
{
	struct node *node = arena_alloc(a, sizeof(*node));

	node->kind = kind;
	return node;
}

static struct node *new_graft_scalar(struct arena *a, const char *text)
{
	struct node *node = new_graft_node(a, NODE_SCALAR);

	node->text = arena_strdup(a, text);
	return node;
}

const struct node *graft_scalar(struct arena *a, const char *text)
{
	return new_graft_scalar(a, text);
}

const struct node *graft_item(struct arena *a, const struct node *list,
			      const char *text)
{
	return graft_append(a, list, new_graft_scalar(a, text));
}

const struct node *graft_append(struct arena *a, const struct node *list,
				const struct node *item)
{
	struct VEC_OF(struct node *) items = { 0 };
	struct node *node = new_graft_node(a, NODE_LIST);

	if (list && list->kind == NODE_LIST)
		for (size_t i = 0; i < list->nr; i++)
			vec_push(a, &items, list->items[i]);
	else if (!node_is_null(list))
		vec_push(a, &items, (struct node *)list);
	vec_push(a, &items, (struct node *)item);
	node->items = items.at;
	node->nr = items.nr;
	return node;
}

const struct node *graft_at(struct arena *a, const struct node *list, size_t at,
			    const struct node *item)
{
	struct node **items = arena_alloc(a, (list->nr + 1) * sizeof(*items));
	struct node *node = new_graft_node(a, NODE_LIST);

	for (size_t i = 0; i < list->nr; i++)
		items[i] = i == at ? (struct node *)item : list->items[i];
	node->items = items;
	node->nr = list->nr;
	return node;
}

const struct node *graft_without(struct arena *a, const struct node *list,
				 size_t at)
{
	struct VEC_OF(struct node *) items = { 0 };
	struct node *node = new_graft_node(a, NODE_LIST);

	if (list->kind == NODE_LIST)
		for (size_t i = 0; i < list->nr; i++)
			if (i != at)
				vec_push(a, &items, list->items[i]);
	node->items = items.at;
	node->nr = items.nr;
	return node;
}

const struct node *graft_other(struct arena *a, const struct node *list,
			       size_t at, const char *text)
{
	struct VEC_OF(struct node *) items = { 0 };
	struct node *node;

	if (list->kind != NODE_LIST)
		return new_graft_scalar(a, text);
	node = new_graft_node(a, NODE_LIST);
	for (size_t i = 0; i < list->nr; i++)
		vec_push(a, &items,
			 i == at ? new_graft_scalar(a, text) : list->items[i]);
	node->items = items.at;
	node->nr = items.nr;
	return node;
}

const struct node *graft_pair(struct arena *a, const struct node *map,
			      size_t at, const char *key,
			      const struct node *value)
{
	size_t nr = map->nr + (key ? 1 : 0);
	struct pair *pairs = arena_alloc(a, (nr + 1) * sizeof(*pairs));
	struct node *node = new_graft_node(a, NODE_MAP);

	for (size_t i = 0, from = 0; i < nr; i++) {
		if (i != at) {
			pairs[i] = map->pairs[from++];
			continue;
		}
		pairs[i].key =
			key ? new_graft_scalar(a, key) : map->pairs[from].key;
		pairs[i].value = value;
		from += key ? 0 : 1;
	}
	node->pairs = pairs;
	node->nr = nr;
	return node;
}
