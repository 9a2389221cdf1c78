/* SPDX-License-Identifier: GPL-2.0-only */
/* pylock.toml, the lock file that all of Python's tools can write (PEP 751). */
#include <string.h>

#include "capture/formats.h"
#include "capture/toml.h"

struct err *pylock_read(struct packages *out, struct arena *a,
			const char *bytes, size_t n)
{
	const struct node *root, *list;
	struct err *e = toml_read(&root, a, bytes, n);
	const char *version;

	if (e)
		return e;
	version = package_field(root, "lock-version");
	if (!version || strncmp(version, "1.", 2) != 0)
		return format_unknown(version);
	package_add_runtime(out, a, "python",
			    package_field(root, "requires-python"));
	list = node_get(root, "packages");
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr; i++)
		package_add(out, a, PACKAGE_LIBRARY,
			    package_field(list->items[i], "name"),
			    package_field(list->items[i], "version"));
	return NULL;
}
