/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pixi.lock, versions 4 to 6: a list of packages. What is from conda may say no
 * more than its URL, whose file is "name-version-build.conda".
 */
#include <string.h>

#include "base/file.h"
#include "capture/formats.h"

/* The place of the last `-` before `end`; NULL if there is none. */
static const char *dash_before(const char *s, const char *end)
{
	while (end > s && *--end != '-')
		;
	return end > s ? end : NULL;
}

static void add_archive(struct packages *out, struct arena *a, const char *url)
{
	const char *file = path_base(url);
	const char *build = dash_before(file, file + strlen(file));
	const char *version = build ? dash_before(file, build) : NULL;

	if (version)
		package_add(out, a, PACKAGE_LIBRARY,
			    arena_strndup(a, file, (size_t)(version - file)),
			    arena_strndup(a, version + 1,
					  (size_t)(build - version - 1)));
}

struct err *pixi_lock_read(struct packages *out, struct arena *a,
			   const char *bytes, size_t n)
{
	const struct node *root, *list;
	struct err *e = node_yaml(&root, a, bytes, n);
	const char *version;

	if (e)
		return e;
	version = package_field(root, "version");
	if (!version || strlen(version) != 1 || *version < '4' ||
	    *version > '6')
		return format_unknown(version);
	list = node_get(root, "packages");
	if (!list || list->kind != NODE_LIST)
		return format_lacks("list of packages");
	for (size_t i = 0; i < list->nr; i++) {
		const struct node *one = list->items[i];

		if (package_field(one, "name"))
			package_add(out, a, PACKAGE_LIBRARY,
				    package_field(one, "name"),
				    package_field(one, "version"));
		else if (package_field(one, "conda"))
			add_archive(out, a, package_field(one, "conda"));
	}
	return NULL;
}
