/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/dircache_diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/opener.h"
#include "git/cache_tree.h"
#include "git/dircache_file.h"
#include "git/internal.h"
#include "git/told.h"
#include "git/tree_object.h"

#define DEPTH_MAX 64

struct comparison {
	struct staged_changes *out;
	struct arena *a;
	struct repo *repo;
	struct dircache file;
	struct dircache_entry entry; /* the next of the index, */
	bool more;                   /* if there is one */
	struct buf dir;              /* the folder, with its end slash, or "" */
};

/* What a folder of the commit has. */
struct folder {
	struct object object;
	const char *at, *end;
	struct tree_item item; /* the next one, */
	bool more;             /* if there is one */
};

/* --- the two sides --- */

/* False where git is to be asked. */
static bool next_staged(struct comparison *c)
{
	c->more = c->file.left;
	return !c->more || (dircache_next(&c->entry, &c->file) &&
			    !dircache_is_unmerged(&c->entry));
}

static bool is_below(const struct comparison *c)
{
	return c->more && c->entry.n > c->dir.n &&
	       !memcmp(c->entry.path, c->dir.p, c->dir.n);
}

/* False if it is damaged. */
static bool next_item(struct folder *folder, const struct comparison *c)
{
	folder->more = folder->at < folder->end;
	return !folder->more || tree_object_next(&folder->item, &folder->at,
						 folder->end, c->file.id_size);
}

/* To be released in any case. */
static bool begin_folder(struct folder *out, struct comparison *c,
			 const struct oid *tree)
{
	struct err *e = tree_object_read(&out->object, c->repo, tree, c->dir.p);

	if (e) {
		err_free(e); /* git tells it, or fetches the tree */
		return false;
	}
	out->at = out->object.bytes;
	out->end = out->at + out->object.n;
	return next_item(out, c);
}

/* The order of paths: of a file its name, of a folder that and a slash. */
static int compare_sides(const struct comparison *c,
			 const struct folder *folder)
{
	const struct tree_item *item = &folder->item;
	const char *path = c->entry.path + c->dir.n;
	int order = strncmp(path, item->name, item->n);

	if (order)
		return order;
	return (unsigned char)path[item->n] -
	       (tree_item_is_tree(item) ? '/' : '\0');
}

/* --- what differs --- */

/* Whether a mode is of something that is told whatever is set. */
static bool is_told_always(uint32_t mode)
{
	return (mode & MODE_TYPE) == MODE_FILE ||
	       (mode & MODE_TYPE) == MODE_LINK;
}

static bool add_staged(struct comparison *c)
{
	struct staged_change change = {
		.path = arena_strndup(c->a, c->entry.path, c->entry.n),
		.regular = (c->entry.mode & MODE_TYPE) == MODE_FILE,
	};

	memcpy(change.blob.raw, c->entry.id, c->file.id_size);
	vec_push(c->a, c->out, change);
	return is_told_always(c->entry.mode);
}

/* Of old trees, git takes the bit of the owner alone. */
static uint32_t staged_mode(const struct tree_item *item)
{
	if (tree_item_is_blob(item))
		return MODE_FILE | (item->mode & 0100 ? 0755 : 0644);
	return item->mode & MODE_TYPE;
}

static bool compare_file(struct comparison *c, const struct tree_item *item)
{
	if (c->entry.mode == staged_mode(item) &&
	    !memcmp(c->entry.id, item->id.raw, c->file.id_size))
		return true;
	return add_staged(c) && is_told_always(item->mode);
}

static bool enter_folder(struct comparison *c, const struct tree_item *item,
			 size_t depth)
{
	buf_add(&c->dir, item->name, item->n);
	buf_addch(&c->dir, '/');
	return depth < DEPTH_MAX;
}

static bool add_gone_folder(struct comparison *c, const struct oid *tree,
			    size_t depth);

static bool add_gone(struct comparison *c, const struct tree_item *item,
		     size_t depth)
{
	struct staged_change change = { .gone = true };
	size_t before = c->dir.n;
	bool good = is_told_always(item->mode);

	if (tree_item_is_tree(item)) {
		good = enter_folder(c, item, depth) &&
		       add_gone_folder(c, &item->id, depth + 1);
	} else {
		buf_add(&c->dir, item->name, item->n);
		change.path = arena_strndup(c->a, c->dir.p, c->dir.n);
		vec_push(c->a, c->out, change);
	}
	buf_truncate(&c->dir, before);
	return good;
}

static bool add_gone_folder(struct comparison *c, const struct oid *tree,
			    size_t depth)
{
	struct folder folder = { 0 };
	bool good = begin_folder(&folder, c, tree);

	while (good && folder.more)
		good = add_gone(c, &folder.item, depth) &&
		       next_item(&folder, c);
	object_release(&folder.object);
	return good;
}

/* Passes over what is known to be the same, all of it. */
static bool pass_over(struct comparison *c, long entries)
{
	bool good = true;

	for (; good && entries; entries--)
		good = is_below(c) && next_staged(c);
	return good && !is_below(c);
}

static bool compare_folder(struct comparison *c, const struct oid *tree,
			   const struct cache_tree *known, size_t depth);

/* The folder that both have next. */
static bool compare_both(struct comparison *c, const struct tree_item *item,
			 const struct cache_tree *in, size_t depth)
{
	const struct cache_tree *known =
		cache_tree_folder(in, item->name, item->n);
	size_t before = c->dir.n;
	bool good = enter_folder(c, item, depth);

	if (good && cache_tree_is(known, &item->id))
		good = pass_over(c, known->entries);
	else if (good)
		good = compare_folder(c, &item->id, known, depth + 1);
	buf_truncate(&c->dir, before);
	return good;
}

static bool compare_first(struct comparison *c, struct folder *folder,
			  const struct cache_tree *known, size_t depth)
{
	const struct tree_item *item = &folder->item;
	int order = !folder->more  ? -1
		    : !is_below(c) ? 1
				   : compare_sides(c, folder);

	if (order < 0)
		return add_staged(c) && next_staged(c);
	if (order > 0)
		return add_gone(c, item, depth) && next_item(folder, c);
	if (tree_item_is_tree(item))
		return compare_both(c, item, known, depth) &&
		       next_item(folder, c);
	return compare_file(c, item) && next_staged(c) && next_item(folder, c);
}

/* `tree` NULL is empty. */
static bool compare_folder(struct comparison *c, const struct oid *tree,
			   const struct cache_tree *known, size_t depth)
{
	struct folder folder = { 0 };
	bool good = !tree || begin_folder(&folder, c, tree);

	while (good && (folder.more || is_below(c)))
		good = compare_first(c, &folder, known, depth);
	object_release(&folder.object);
	return good;
}

/* --- the whole --- */

/* Whether refs of that kind could be there: without them, no refs need be read
 * to know. */
static bool may_replace(const struct comparison *c)
{
	const char *dir = repo_common_dir(c->repo), *packed;
	size_t n;
	bool may;

	if (opener_is_named(path_join(c->a, dir, "reftable")) ||
	    opener_is_named(path_join(c->a, dir, "refs/replace")))
		return true;
	packed = file_map_named(&n, path_join(c->a, dir, "packed-refs"));
	may = packed && memmem(packed, n, " refs/replace/", 14);
	file_unmap(packed, n);
	return may;
}

/* Whether git may read other objects than are named. */
static bool does_replace(const struct comparison *c)
{
	return getenv("GIT_REPLACE_REF_BASE") ||
	       (may_replace(c) && told_replaces(c->repo));
}

/* The tree of the commit, and the cache tree as far as there is one. */
static bool begin_comparison(struct comparison *c, struct oid *tree,
			     struct cache_tree *known, const struct oid *commit)
{
	struct dircache_rest rest;
	struct err *e;

	*known = (struct cache_tree){ .entries = -1 };
	if (!dircache_open(&c->file, c->a, c->repo) || does_replace(c) ||
	    !dircache_rest(&rest, &c->file) ||
	    (rest.n &&
	     !cache_tree_read(known, c->a, rest.tree, rest.n, c->file.id_size)))
		return false;
	if (!commit)
		return true;
	e = tree_object_root(tree, c->repo, commit);
	if (!e)
		return true;
	err_free(e); /* git tells it */
	return false;
}

bool dircache_diff(struct staged_changes *out, struct arena *a,
		   struct repo *repo, const struct oid *commit)
{
	struct comparison c = { out, a, repo, .dir = BUF_INIT };
	struct cache_tree known;
	struct oid tree;
	bool good = begin_comparison(&c, &tree, &known, commit);

	if (good && !(commit && cache_tree_is(&known, &tree))) {
		dircache_rewind(&c.file);
		good = next_staged(&c) &&
		       compare_folder(&c, commit ? &tree : NULL, &known, 0) &&
		       !c.more;
	}
	dircache_close(&c.file);
	buf_release(&c.dir);
	if (!good)
		out->nr = 0;
	return good;
}
