/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * package-lock.json and npm-shrinkwrap.json. Versions 2 and 3 list every folder
 * that npm makes under "packages", version 1 a tree under "dependencies".
 */
#include <string.h>

#include "capture/formats.h"
#include "model/node_json.h"

#define MODULES "node_modules/"

/* The name behind the last node_modules/; NULL for a folder of the project. */
static const char *module_of(const char *folder)
{
	const char *name = NULL;

	for (const char *at = folder; (at = strstr(at, MODULES));
	     name = at += strlen(MODULES))
		;
	return name;
}

/* Whether it is a folder that the project or a workspace of it has itself. */
static bool is_top_module(const char *folder)
{
	const char *first = strstr(folder, MODULES);

	return first && !strstr(first + 1, MODULES);
}

static void add_asked(struct strs *out, struct arena *a,
		      const struct node *folder)
{
	static const char *const lists[] = { "dependencies", "devDependencies",
					     "optionalDependencies" };

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		package_keys(out, a, node_get(folder, lists[i]));
}

static bool is_link(const struct node *folder)
{
	const char *link = package_field(folder, "link");

	return link && !strcmp(link, "true");
}

static void read_folders(struct packages *out, struct arena *a,
			 const struct node *folders)
{
	struct strs asked = { 0 };
	struct packages top = { 0 };

	for (size_t i = 0; i < folders->nr; i++) {
		const char *path = folders->pairs[i].key->text;
		const struct node *folder = folders->pairs[i].value;
		const char *module = module_of(path);
		const char *name = package_field(folder, "name");

		if (!module) {
			add_asked(&asked, a, folder);
			continue;
		}
		if (is_link(folder))
			continue;
		package_add(is_top_module(path) ? &top : out, a,
			    PACKAGE_LIBRARY, name ? name : module,
			    package_field(folder, "version"));
	}
	package_mark_direct(&top, &asked);
	for (size_t i = 0; i < top.nr; i++)
		vec_push(a, out, top.at[i]);
}

static void read_tree_level(struct packages *out, struct arena *a,
			    const struct node *level)
{
	for (size_t i = 0; level && level->kind == NODE_MAP && i < level->nr;
	     i++) {
		const struct node *one = level->pairs[i].value;

		package_add(out, a, PACKAGE_LIBRARY, level->pairs[i].key->text,
			    package_field(one, "version"));
		read_tree_level(out, a, node_get(one, "dependencies"));
	}
}

struct err *package_lock_read(struct packages *out, struct arena *a,
			      const char *bytes, size_t n)
{
	const struct node *root, *folders;
	struct err *e = node_json(&root, a, bytes, n);
	const char *version;

	if (e)
		return e;
	version = package_field(root, "lockfileVersion");
	if (!version || strlen(version) != 1 || *version < '1' ||
	    *version > '3')
		return format_unknown(version);
	folders = node_get(root, "packages");
	if (*version == '1')
		read_tree_level(out, a, node_get(root, "dependencies"));
	else if (!folders || folders->kind != NODE_MAP)
		return format_lacks("packages");
	else
		read_folders(out, a, folders);
	return NULL;
}
