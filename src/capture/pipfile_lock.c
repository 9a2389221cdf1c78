/* SPDX-License-Identifier: GPL-2.0-only */
/* Pipfile.lock: a map of packages for each category, "_meta" aside. */
#include <string.h>

#include "capture/formats.h"
#include "model/node_json.h"

static void read_category(struct packages *out, struct arena *a,
			  const struct node *category)
{
	for (size_t i = 0; category->kind == NODE_MAP && i < category->nr;
	     i++) {
		const struct node *one = category->pairs[i].value;
		const char *version = package_field(one, "version");

		if (!version)
			version = package_field(one, "ref");
		if (version && !strncmp(version, "==", 2))
			version += 2;
		package_add(out, a, PACKAGE_LIBRARY,
			    category->pairs[i].key->text, version);
	}
}

struct err *pipfile_lock_read(struct packages *out, struct arena *a,
			      const char *bytes, size_t n)
{
	const struct node *root, *meta;
	struct err *e = node_json(&root, a, bytes, n);
	const char *spec;

	if (e)
		return e;
	meta = node_get(root, "_meta");
	spec = package_field(meta, "pipfile-spec");
	if (!spec || strcmp(spec, "6") != 0)
		return format_unknown(spec);
	package_add_runtime(
		out, a, "python",
		package_field(node_get(meta, "requires"), "python_version"));
	for (size_t i = 0; i < root->nr; i++)
		if (root->pairs[i].value != meta)
			read_category(out, a, root->pairs[i].value);
	return NULL;
}
