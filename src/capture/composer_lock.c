/* SPDX-License-Identifier: GPL-2.0-only */
/* composer.lock: lists of packages, for use and for development. */
#include "capture/formats.h"
#include "model/node_json.h"

struct err *composer_lock_read(struct packages *out, struct arena *a,
			       const char *bytes, size_t n)
{
	static const char *const lists[] = { "packages", "packages-dev" };
	const struct node *root;
	struct err *e = node_json(&root, a, bytes, n);

	if (!e && !node_get(root, "packages"))
		e = format_lacks("packages");
	for (size_t i = 0; !e && i < ARRAY_SIZE(lists); i++) {
		const struct node *list = node_get(root, lists[i]);

		for (size_t j = 0;
		     list && list->kind == NODE_LIST && j < list->nr; j++)
			package_add(out, a, PACKAGE_LIBRARY,
				    package_field(list->items[j], "name"),
				    package_field(list->items[j], "version"));
	}
	return e;
}
