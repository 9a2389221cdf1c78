/* SPDX-License-Identifier: GPL-2.0-only */
/* pdm.lock, lock_version 4. A package stands once more for each extra. */
#include <string.h>

#include "capture/formats.h"
#include "capture/toml.h"

struct err *pdm_lock_read(struct packages *out, struct arena *a,
			  const char *bytes, size_t n)
{
	const struct node *root, *list;
	struct err *e = toml_read(&root, a, bytes, n);
	const char *version;

	if (e)
		return e;
	version = package_field(node_get(root, "metadata"), "lock_version");
	if (!version || strncmp(version, "4.", 2) != 0)
		return format_unknown(version);
	list = node_get(root, "package");
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr; i++)
		package_add(out, a, PACKAGE_LIBRARY,
			    package_field(list->items[i], "name"),
			    package_field(list->items[i], "version"));
	return NULL;
}
