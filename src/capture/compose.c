/* SPDX-License-Identifier: GPL-2.0-only */
/* A compose file: the image of each service. */
#include "capture/formats.h"

struct err *compose_read(struct packages *out, struct arena *a,
			 const char *bytes, size_t n)
{
	const struct node *root, *map;
	struct err *e = node_yaml(&root, a, bytes, n);

	if (e)
		return e;
	map = node_get(root, "services");
	for (size_t i = 0; map && map->kind == NODE_MAP && i < map->nr; i++) {
		const char *image = package_field(map->pairs[i].value, "image");

		if (image)
			package_add_image(out, a, image);
	}
	return NULL;
}
