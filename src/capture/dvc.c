/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What DVC keeps of data: a .dvc file names one or a few, dvc.lock the inputs
 * and outputs of each stage. The version is the checksum, abbreviated as git
 * abbreviates.
 */
#include <string.h>

#include "capture/formats.h"

#define DIGITS 10

static void add_files(struct packages *out, struct arena *a,
		      const struct node *list)
{
	static const char *const sums[] = { "md5", "hash", "etag", "checksum" };

	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr;
	     i++) {
		const struct node *file = list->items[i];
		const char *sum = NULL;

		for (size_t j = 0; !sum && j < ARRAY_SIZE(sums); j++)
			sum = package_field(file, sums[j]);
		package_add(out, a, PACKAGE_DATA, package_field(file, "path"),
			    sum ? arena_strndup(a, sum,
						strcspn(sum, ".") < DIGITS
							? strcspn(sum, ".")
							: DIGITS)
				: NULL);
	}
}

struct err *dvc_file_read(struct packages *out, struct arena *a,
			  const char *bytes, size_t n)
{
	const struct node *root;
	struct err *e = node_yaml(&root, a, bytes, n);

	if (!e)
		add_files(out, a, node_get(root, "outs"));
	return e;
}

struct err *dvc_lock_read(struct packages *out, struct arena *a,
			  const char *bytes, size_t n)
{
	const struct node *root, *stages;
	struct err *e = node_yaml(&root, a, bytes, n);
	const char *schema;

	if (e)
		return e;
	schema = package_field(root, "schema");
	if (schema && strcmp(schema, "2.0") != 0)
		return format_unknown(schema);
	stages = schema ? node_get(root, "stages") : root;
	for (size_t i = 0; stages && stages->kind == NODE_MAP && i < stages->nr;
	     i++) {
		add_files(out, a, node_get(stages->pairs[i].value, "deps"));
		add_files(out, a, node_get(stages->pairs[i].value, "outs"));
	}
	return NULL;
}
