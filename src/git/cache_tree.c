/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/cache_tree.h"

#include <stdlib.h>
#include <string.h>

/* No deeper, and a folder takes at least so many bytes: a name, its NUL, the
 * two numbers and what ends them. */
enum { FOLDERS_DEEP = 64, FOLDER_LEAST = 6 };

struct cache_tree_reader {
	struct arena *a;
	const char *at, *end;
	size_t size;    /* of an id */
	size_t folders; /* more of which there can be */
};

/* "<number><stop>", and moves behind it. */
static bool read_count(long *out, struct cache_tree_reader *r, char stop)
{
	const char *p = r->at;
	bool minus = p < r->end && *p == '-';
	long number = 0;

	for (p += minus; p < r->end && *p >= '0' && *p <= '9'; p++) {
		if (number > UINT32_MAX)
			return false;
		number = number * 10 + (*p - '0');
	}
	if (p == r->at + minus || p == r->end || *p != stop)
		return false;
	*out = minus ? -number : number;
	r->at = p + 1;
	return true;
}

static bool read_cached_folder(struct cache_tree *out,
			       struct cache_tree_reader *r, int depth)
{
	const char *nul = memchr(r->at, '\0', (size_t)(r->end - r->at));
	long nr;

	if (!nul || depth > FOLDERS_DEEP)
		return false;
	*out = (struct cache_tree){ .name = r->at, .n = (size_t)(nul - r->at) };
	r->at = nul + 1;
	if (!read_count(&out->entries, r, ' ') || !read_count(&nr, r, '\n') ||
	    nr < 0 || (size_t)nr > r->folders)
		return false;
	r->folders -= (size_t)nr;
	if (out->entries >= 0) {
		if (r->size > (size_t)(r->end - r->at))
			return false;
		memcpy(out->id.raw, r->at, r->size);
		r->at += r->size;
	}
	out->nr = (size_t)nr;
	out->folders = arena_alloc(r->a, (out->nr + 1) * sizeof(*out));
	for (size_t i = 0; i < out->nr; i++)
		if (!read_cached_folder(&out->folders[i], r, depth + 1))
			return false;
	return true;
}

bool cache_tree_read(struct cache_tree *out, struct arena *a,
		     const uint8_t *bytes, size_t n, size_t size)
{
	const char *text = (const char *)bytes;
	struct cache_tree_reader r = { a, text, text + n, size,
				       n / FOLDER_LEAST };

	return read_cached_folder(out, &r, 0) && r.at == r.end;
}

/* Shorter names first. */
static int compare_folders(const void *left, const void *right)
{
	const struct cache_tree *a = left, *b = right;

	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	return memcmp(a->name, b->name, a->n);
}

const struct cache_tree *cache_tree_folder(const struct cache_tree *tree,
					   const char *name, size_t n)
{
	const struct cache_tree key = { .name = name, .n = n };

	if (!tree || !tree->nr)
		return NULL;
	return bsearch(&key, tree->folders, tree->nr, sizeof(key),
		       compare_folders);
}

bool cache_tree_is(const struct cache_tree *tree, const struct oid *id)
{
	return tree && tree->entries >= 0 && oid_equal(&tree->id, id);
}
