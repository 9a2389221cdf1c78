/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/dircache.h"

#include <string.h>

#include "git/dircache_file.h"
#include "git/tree_object.h"

static bool is_plain_file(const struct dircache_entry *entry)
{
	return (entry->mode & MODE_TYPE) == MODE_FILE &&
	       !dircache_is_unmerged(entry);
}

/* Whether it lies below a folder of `n` bytes, 0 the root, and neither its name
 * nor that of a folder in between starts with a dot. */
static bool is_in_listing(const struct dircache_entry *entry, const char *dir,
			  size_t n)
{
	if (n && (entry->n <= n || entry->path[n] != '/' ||
		  memcmp(entry->path, dir, n) != 0))
		return false;
	for (size_t i = n ? n + 1 : 0; i < entry->n; i++)
		if (entry->path[i] == '.' && (!i || entry->path[i - 1] == '/'))
			return false;
	return true;
}

bool dircache_list(struct tree_entries *out, struct arena *a,
		   const struct repo *repo, const char *dir)
{
	size_t n = strlen(dir);
	struct dircache dircache;
	struct dircache_entry entry;
	struct dircache_rest rest;
	bool good = dircache_open(&dircache, a, repo);

	while (good && dircache_next(&entry, &dircache)) {
		struct tree_entry file = { 0 };

		if (!is_plain_file(&entry) || !is_in_listing(&entry, dir, n))
			continue;
		file.path = arena_strndup(a, entry.path, entry.n);
		memcpy(file.blob.raw, entry.id, dircache.id_size);
		vec_push(a, out, file);
	}
	good = good && !dircache.left && dircache_rest(&rest, &dircache);
	dircache_close(&dircache);
	if (!good)
		out->nr = 0;
	return good;
}

bool dircache_find(struct oid *out, struct arena *a, const struct repo *repo,
		   const char *path)
{
	size_t n = strlen(path);
	struct dircache dircache;
	struct dircache_entry entry;
	bool found = false;

	if (dircache_open(&dircache, a, repo))
		while (!found && dircache_next(&entry, &dircache))
			found = is_plain_file(&entry) && entry.n == n &&
				!memcmp(entry.path, path, n);
	*out = (struct oid){ { 0 } };
	if (found)
		memcpy(out->raw, entry.id, dircache.id_size);
	dircache_close(&dircache);
	return found;
}
