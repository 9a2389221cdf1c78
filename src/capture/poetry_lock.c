/* SPDX-License-Identifier: GPL-2.0-only */
/* poetry.lock, lock-version 1 and 2. Who asks for what stands elsewhere. */
#include <string.h>

#include "capture/formats.h"
#include "capture/toml.h"

struct err *poetry_lock_read(struct packages *out, struct arena *a,
			     const char *bytes, size_t n)
{
	const struct node *root, *list, *meta;
	struct err *e = toml_read(&root, a, bytes, n);
	const char *version;

	if (e)
		return e;
	meta = node_get(root, "metadata");
	version = package_field(meta, "lock-version");
	if (!meta)
		return format_lacks("metadata");
	/* The first poetry wrote none. */
	if (version && strncmp(version, "1.", 2) != 0 &&
	    strncmp(version, "2.", 2) != 0)
		return format_unknown(version);
	package_add_runtime(out, a, "python",
			    package_field(meta, "python-versions"));
	list = node_get(root, "package");
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr; i++)
		package_add(out, a, PACKAGE_LIBRARY,
			    package_field(list->items[i], "name"),
			    package_field(list->items[i], "version"));
	return NULL;
}
