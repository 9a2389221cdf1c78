/* SPDX-License-Identifier: GPL-2.0-only */
#include "capture/package.h"

#include <stdlib.h>
#include <string.h>

/* Digits of a digest that are shown. */
#define DIGEST_MAX 19

static const char *const kinds[] = {
	[PACKAGE_LIBRARY] = "library",     [PACKAGE_IMAGE] = "image",
	[PACKAGE_RUNTIME] = "runtime",     [PACKAGE_DATA] = "data",
	[PACKAGE_PARAMETER] = "parameter",
};

const char *package_kind_name(enum package_kind kind)
{
	return kinds[kind];
}

struct package *package_add(struct packages *out, struct arena *a,
			    enum package_kind kind, const char *name,
			    const char *version)
{
	if (!name || !*name)
		return NULL;
	vec_push(a, out,
		 (struct package){ kind, name, version ? version : "", false });
	return &out->at[out->nr - 1];
}

void package_add_direct(struct packages *out, struct arena *a,
			enum package_kind kind, const char *name,
			const char *version)
{
	struct package *added = package_add(out, a, kind, name, version);

	if (added)
		added->direct = true;
}

void package_add_runtime(struct packages *out, struct arena *a,
			 const char *name, const char *version)
{
	if (!*name || !version || !*version)
		return;
	package_add_direct(out, a, PACKAGE_RUNTIME, name, version);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void package_mark_direct(struct packages *packages, const struct strs *names)
{
	struct arena arena = ARENA_INIT;
	struct strs sorted = { 0 };

	strs_append(&arena, &sorted, names);
	strs_sort(&sorted);
	for (size_t i = 0; sorted.nr && i < packages->nr; i++)
		if (bsearch(&packages->at[i].name, sorted.at, sorted.nr,
			    sizeof(*sorted.at), compare_names))
			packages->at[i].direct = true;
	arena_release(&arena);
}

static int compare_packages(const void *a, const void *b)
{
	const struct package *one = a, *two = b;
	int order = (int)one->kind - (int)two->kind;

	if (!order)
		order = strcmp(one->name, two->name);
	return order ? order : strcmp(one->version, two->version);
}

void package_sort(struct packages *packages)
{
	size_t kept = 0;

	if (!packages->nr)
		return;
	qsort(packages->at, packages->nr, sizeof(*packages->at),
	      compare_packages);
	for (size_t i = 1; i < packages->nr; i++) {
		const struct package *package = &packages->at[i];

		if (compare_packages(&packages->at[kept], package))
			packages->at[++kept] = *package;
		else
			packages->at[kept].direct |= package->direct;
	}
	packages->nr = kept + 1;
}

const char *package_text(const struct node *node)
{
	return node && node->kind == NODE_SCALAR && !node_is_null(node)
		       ? node->text
		       : NULL;
}

const char *package_field(const struct node *map, const char *key)
{
	return package_text(node_get(map, key));
}

void package_keys(struct strs *out, struct arena *a, const struct node *map)
{
	for (size_t i = 0; map && map->kind == NODE_MAP && i < map->nr; i++)
		vec_push(a, out, map->pairs[i].key->text);
}

void package_add_image(struct packages *out, struct arena *a, const char *image)
{
	const char *slash = strrchr(image, '/');
	const char *at = strchr(image, '@');
	const char *colon = strchr(slash ? slash : image, ':');
	size_t n = strlen(image);

	if (!strcmp(image, "scratch"))
		return;
	if (at && colon > at)
		colon = NULL;
	if (colon)
		n = (size_t)(colon - image);
	else if (at)
		n = (size_t)(at - image);
	if (colon && at)
		package_add_direct(
			out, a, PACKAGE_IMAGE, arena_strndup(a, image, n),
			arena_strndup(a, colon + 1, (size_t)(at - colon - 1)));
	else
		package_add_direct(
			out, a, PACKAGE_IMAGE, arena_strndup(a, image, n),
			colon ? colon + 1
			: at  ? arena_printf(a, "%.*s", DIGEST_MAX, at + 1)
			      : NULL);
}
