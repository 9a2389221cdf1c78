/* SPDX-License-Identifier: GPL-2.0-only */
/* renv.lock: the version of R, and a map of packages. */
#include "capture/formats.h"
#include "model/node_json.h"

struct err *renv_lock_read(struct packages *out, struct arena *a,
			   const char *bytes, size_t n)
{
	const struct node *root, *map;
	struct err *e = node_json(&root, a, bytes, n);

	if (e)
		return e;
	map = node_get(root, "Packages");
	if (!map || map->kind != NODE_MAP)
		return format_lacks("Packages");
	package_add_runtime(out, a, "R",
			    package_field(node_get(root, "R"), "Version"));
	for (size_t i = 0; i < map->nr; i++)
		package_add(out, a, PACKAGE_LIBRARY, map->pairs[i].key->text,
			    package_field(map->pairs[i].value, "Version"));
	return NULL;
}
