/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields below a title: each value lies where it says it does. */
#include <string.h>

#include "base/text.h"
#include "model/preamble.h"
#include "target.h"

static void check_scalar(const struct node *node, size_t n)
{
	CHECK(node->start.byte <= node->end.byte && node->end.byte <= n);
}

static void check_node(const struct node *node, size_t n)
{
	if (node->kind == NODE_LIST)
		for (size_t i = 0; i < node->nr; i++)
			check_scalar(node->items[i], n);
	else
		check_scalar(node, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	char *text = arena_strndup(&a, (const char *)bytes, n);
	const struct node *map;

	n = strlen(text);
	map = text_is_utf8(text, n, NULL) ? preamble_read(&a, text, n, 0)
					  : NULL;
	CHECK(!map || map->kind == NODE_MAP);
	for (size_t i = 0; map && i < map->nr; i++) {
		CHECK(map->pairs[i].key->text);
		check_node(map->pairs[i].value, n);
	}
	arena_release(&a);
	return 0;
}
