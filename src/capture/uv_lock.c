/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * uv.lock, version 1; its `revision` only adds to it. The project and the
 * members of its workspace stand among the packages, from a folder: what they
 * depend on is what is asked for.
 */
#include <string.h>

#include "capture/formats.h"
#include "capture/toml.h"

static void list_package_names(struct strs *out, struct arena *a,
			       const struct node *list)
{
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr;
	     i++) {
		const char *name = package_field(list->items[i], "name");

		if (name)
			vec_push(a, out, name);
	}
}

/* A map of lists, by group. */
static void list_groups(struct strs *out, struct arena *a,
			const struct node *map)
{
	for (size_t i = 0; map && map->kind == NODE_MAP && i < map->nr; i++)
		list_package_names(out, a, map->pairs[i].value);
}

static bool is_own_package(const struct node *package)
{
	const struct node *source = node_get(package, "source");

	return package_field(source, "virtual") ||
	       package_field(source, "editable") ||
	       package_field(source, "directory");
}

struct err *uv_lock_read(struct packages *out, struct arena *a,
			 const char *bytes, size_t n)
{
	const struct node *root, *list;
	struct strs asked = { 0 };
	struct err *e = toml_read(&root, a, bytes, n);
	const char *version;

	if (e)
		return e;
	version = package_field(root, "version");
	if (!version || strcmp(version, "1") != 0)
		return format_unknown(version);
	package_add_runtime(out, a, "python",
			    package_field(root, "requires-python"));
	list = node_get(root, "package");
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr;
	     i++) {
		const struct node *one = list->items[i];

		if (!is_own_package(one)) {
			package_add(out, a, PACKAGE_LIBRARY,
				    package_field(one, "name"),
				    package_field(one, "version"));
			continue;
		}
		list_package_names(&asked, a, node_get(one, "dependencies"));
		list_groups(&asked, a, node_get(one, "dev-dependencies"));
		list_groups(&asked, a, node_get(one, "optional-dependencies"));
	}
	package_mark_direct(out, &asked);
	return NULL;
}
