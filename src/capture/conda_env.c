/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A conda environment: a list of "channel::name=version=build", constraints as
 * "name>=1.2", and a list of pip's own requirements in it.
 */
#include <string.h>

#include "base/text.h"
#include "capture/formats.h"

static void add_conda(struct packages *out, struct arena *a, const char *spec)
{
	const char *channel = strstr(spec, "::"), *version;
	size_t name, n;

	spec = channel ? channel + 2 : spec;
	name = strcspn(spec, " =<>!~[");
	version = spec + name;
	n = strcspn(version, "[#");
	text_trim(&version, &n);
	if (n && *version == '=') {
		size_t equals = n > 1 && version[1] == '=' ? 2 : 1;

		version += equals;
		n -= equals;
		n = strcspn(version, "=[ #") < n ? strcspn(version, "=[ #") : n;
	}
	package_add_direct(out, a, PACKAGE_LIBRARY,
			   arena_strndup(a, spec, name),
			   arena_strndup(a, version, n));
}

static void add_pip(struct packages *out, struct arena *a,
		    const struct node *list)
{
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr; i++)
		if (list->items[i]->kind == NODE_SCALAR)
			requirement_add(out, a, list->items[i]->text,
					strlen(list->items[i]->text));
}

struct err *conda_env_read(struct packages *out, struct arena *a,
			   const char *bytes, size_t n)
{
	const struct node *root, *list;
	struct err *e = node_yaml(&root, a, bytes, n);

	if (e)
		return e;
	list = node_get(root, "dependencies");
	if (!list || list->kind != NODE_LIST)
		return format_lacks("list of dependencies");
	for (size_t i = 0; i < list->nr; i++)
		if (list->items[i]->kind == NODE_SCALAR)
			add_conda(out, a, list->items[i]->text);
		else
			add_pip(out, a, node_get(list->items[i], "pip"));
	return NULL;
}
