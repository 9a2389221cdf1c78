/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pnpm-lock.yaml, versions 5 to 9. The keys of "packages" are "/name/1.0_peers"
 * in 5, "/name@1.0(peers)" in 6 and "name@1.0" since 9; what is from elsewhere
 * than a registry says name and version itself.
 */
#include <stdlib.h>
#include <string.h>

#include "capture/formats.h"

/* A key as name and version; false if it is not of a registry. */
static bool split_key(const char **name, const char **version, struct arena *a,
		      const char *key, long format)
{
	const char *end, *mark = NULL;

	if (format < 9 && *key != '/')
		return false;
	key += *key == '/';
	end = key + strcspn(key, "(");
	for (const char *s = key + 1; *key && s < end; s++)
		if (*s == (format < 6 ? '/' : '@'))
			mark = s;
	if (!mark || strchr(mark, ':'))
		return false;
	*name = arena_strndup(a, key, (size_t)(mark - key));
	*version = arena_strndup(a, mark + 1,
				 format < 6 ? strcspn(mark + 1, "_(")
					    : (size_t)(end - mark - 1));
	return true;
}

static void add_importer(struct strs *out, struct arena *a,
			 const struct node *importer)
{
	static const char *const lists[] = { "dependencies", "devDependencies",
					     "optionalDependencies" };

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		package_keys(out, a, node_get(importer, lists[i]));
}

/* Without workspaces the root itself is what imports. */
static void list_asked(struct strs *out, struct arena *a,
		       const struct node *root)
{
	const struct node *importers = node_get(root, "importers");

	add_importer(out, a, root);
	for (size_t i = 0;
	     importers && importers->kind == NODE_MAP && i < importers->nr; i++)
		add_importer(out, a, importers->pairs[i].value);
}

struct err *pnpm_lock_read(struct packages *out, struct arena *a,
			   const char *bytes, size_t n)
{
	const struct node *root, *map;
	struct strs asked = { 0 };
	struct err *e = node_yaml(&root, a, bytes, n);
	const char *text;
	long format;

	if (e)
		return e;
	text = package_field(root, "lockfileVersion");
	format = text ? strtol(text, NULL, 10) : 0;
	if (format < 5 || format > 9)
		return format_unknown(text);
	map = node_get(root, "packages");
	for (size_t i = 0; map && map->kind == NODE_MAP && i < map->nr; i++) {
		const struct node *one = map->pairs[i].value;
		const char *name, *version;

		if (split_key(&name, &version, a, map->pairs[i].key->text,
			      format))
			package_add(out, a, PACKAGE_LIBRARY, name, version);
		else
			package_add(out, a, PACKAGE_LIBRARY,
				    package_field(one, "name"),
				    package_field(one, "version"));
	}
	list_asked(&asked, a, root);
	package_mark_direct(out, &asked);
	return NULL;
}
