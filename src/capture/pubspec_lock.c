/* SPDX-License-Identifier: GPL-2.0-only */
/* pubspec.lock: a map of packages, each of which says whether it is direct. */
#include <string.h>

#include "capture/formats.h"

struct err *pubspec_lock_read(struct packages *out, struct arena *a,
			      const char *bytes, size_t n)
{
	const struct node *root, *map, *sdks;
	struct err *e = node_yaml(&root, a, bytes, n);

	if (e)
		return e;
	map = node_get(root, "packages");
	if (!map || map->kind != NODE_MAP)
		return format_lacks("packages");
	for (size_t i = 0; i < map->nr; i++) {
		const struct node *one = map->pairs[i].value;
		const char *how = package_field(one, "dependency");
		struct package *added = package_add(
			out, a, PACKAGE_LIBRARY, map->pairs[i].key->text,
			package_field(one, "version"));

		if (added)
			added->direct = how && !strncmp(how, "direct", 6);
	}
	sdks = node_get(root, "sdks");
	for (size_t i = 0; sdks && sdks->kind == NODE_MAP && i < sdks->nr; i++)
		package_add_runtime(out, a, sdks->pairs[i].key->text,
				    package_text(sdks->pairs[i].value));
	return NULL;
}
