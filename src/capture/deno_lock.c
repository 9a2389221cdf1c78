/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * deno.lock, versions 2 to 5: packages of JSR and npm by "name@version", and
 * "specifiers", which are what the project itself asks for. Files that are
 * fetched by URL have no version and are left out.
 */
#include <string.h>

#include "capture/formats.h"
#include "model/node_json.h"

/* The `@` between name and version; NULL if there is none. */
static const char *version_mark(const char *key)
{
	return *key ? strchr(key + 1, '@') : NULL;
}

/* "chalk@5.3.0", "@std/assert@1.0.0"; behind "_" stand its peers. */
static void add_keys(struct packages *out, struct arena *a,
		     const struct node *map)
{
	for (size_t i = 0; map && map->kind == NODE_MAP && i < map->nr; i++) {
		const char *key = map->pairs[i].key->text;
		const char *at = version_mark(key);

		if (at)
			package_add(
				out, a, PACKAGE_LIBRARY,
				arena_strndup(a, key, (size_t)(at - key)),
				arena_strndup(a, at + 1, strcspn(at + 1, "_")));
	}
}

/* "npm:chalk@5" */
static void mark_specifiers(struct packages *packages, struct arena *a,
			    const struct node *map)
{
	struct strs names = { 0 };

	for (size_t i = 0; map && map->kind == NODE_MAP && i < map->nr; i++) {
		const char *key = map->pairs[i].key->text;
		const char *colon = strchr(key, ':');
		const char *name = colon ? colon + 1 : key;
		const char *at = version_mark(name);

		vec_push(
			a, &names,
			arena_strndup(a, name,
				      at ? (size_t)(at - name) : strlen(name)));
	}
	package_mark_direct(packages, &names);
}

struct err *deno_lock_read(struct packages *out, struct arena *a,
			   const char *bytes, size_t n)
{
	const struct node *root, *holder, *npm;
	struct err *e = node_json(&root, a, bytes, n);
	const char *version;

	if (e)
		return e;
	version = package_field(root, "version");
	if (!version || strlen(version) != 1 || *version < '2' ||
	    *version > '5')
		return format_unknown(version);
	holder = *version == '3' ? node_get(root, "packages") : root;
	npm = node_get(holder, "npm");
	add_keys(out, a, node_get(holder, "jsr"));
	add_keys(out, a, *version == '2' ? node_get(npm, "packages") : npm);
	mark_specifiers(out, a,
			node_get(*version == '2' ? npm : holder, "specifiers"));
	return NULL;
}
