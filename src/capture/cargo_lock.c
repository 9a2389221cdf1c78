/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cargo.lock, versions 1 to 4. What has no source is the project's own; what
 * that depends on is what is asked for, as "name" or "name version".
 */
#include <string.h>

#include "capture/formats.h"
#include "capture/toml.h"

static void list_depended(struct strs *out, struct arena *a,
			  const struct node *list)
{
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr; i++)
		if (list->items[i]->kind == NODE_SCALAR)
			vec_push(a, out,
				 arena_strndup(
					 a, list->items[i]->text,
					 strcspn(list->items[i]->text, " ")));
}

struct err *cargo_lock_read(struct packages *out, struct arena *a,
			    const char *bytes, size_t n)
{
	const struct node *root, *list;
	struct strs asked = { 0 };
	struct err *e = toml_read(&root, a, bytes, n);
	const char *version;

	if (e)
		return e;
	version = package_field(root, "version");
	if (version &&
	    (strlen(version) != 1 || *version < '1' || *version > '4'))
		return format_unknown(version);
	list = node_get(root, "package");
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr;
	     i++) {
		const struct node *one = list->items[i];

		if (package_field(one, "source"))
			package_add(out, a, PACKAGE_LIBRARY,
				    package_field(one, "name"),
				    package_field(one, "version"));
		else
			list_depended(&asked, a, node_get(one, "dependencies"));
	}
	package_mark_direct(out, &asked);
	return NULL;
}
