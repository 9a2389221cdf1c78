/* SPDX-License-Identifier: GPL-2.0-only */
/* conda-lock.yml, version 1: a list of packages, each once a platform. */
#include <string.h>

#include "capture/formats.h"

struct err *conda_lock_read(struct packages *out, struct arena *a,
			    const char *bytes, size_t n)
{
	const struct node *root, *list;
	struct err *e = node_yaml(&root, a, bytes, n);
	const char *version;

	if (e)
		return e;
	version = package_field(root, "version");
	if (!version || strcmp(version, "1") != 0)
		return format_unknown(version);
	list = node_get(root, "package");
	if (!list || list->kind != NODE_LIST)
		return format_lacks("list of packages");
	for (size_t i = 0; i < list->nr; i++)
		package_add(out, a, PACKAGE_LIBRARY,
			    package_field(list->items[i], "name"),
			    package_field(list->items[i], "version"));
	return NULL;
}
