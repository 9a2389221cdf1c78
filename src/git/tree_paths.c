/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/tree_paths.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "git/internal.h"
#include "git/object.h"
#include "git/tree_object.h"

enum {
	SLOTS = 1024,
	DEPTH_MAX = 64,
	FAILED_MAX = 16, /* trees that cannot be read; then none is tried */
	BLOCK = 1024,
};

/* Bytes of trees that are held from one pair to the next. */
#define HELD_MAX ((size_t)16 << 20)

#define MODE_RUNS 0100u

struct held_tree {
	struct oid id;
	struct object object;
	bool full;
	bool used; /* since drop_unused_trees() came by */
	unsigned users;
};

struct tree_paths {
	struct repo *repo;
	struct held_tree at[SLOTS];
	size_t held, failed, hand;
	/* of the pair that is compared; one of the first two is NULL */
	uint32_t *out;
	struct path_blobs *blobs;
	uint32_t nr, max;
};

/* --- trees -------------------------------------------------------------- */

static bool read_held(struct held_tree *out, struct tree_paths *paths,
		      const struct oid *id)
{
	struct err *e;

	if (paths->failed == FAILED_MAX)
		return false;
	e = object_read(&out->object, paths->repo, id, SIZE_MAX);
	out->full = !e && out->object.type == OBJECT_TREE;
	out->id = *id;
	paths->failed += !out->full;
	if (!e && !out->full)
		object_release(&out->object);
	err_free(e); /* git is asked */
	return out->full;
}

static void drop_tree(struct tree_paths *paths, struct held_tree *tree)
{
	if (!tree->full)
		return;
	paths->held -= tree->object.n;
	object_release(&tree->object);
	tree->full = false;
}

/* To be given back. Where its place is taken by a tree that is being looked
 * at, it gets one of its own. NULL: it cannot be read. */
static struct held_tree *take_tree(struct tree_paths *paths,
				   const struct oid *id)
{
	struct held_tree *tree;
	uint16_t bits;

	memcpy(&bits, id->raw, sizeof(bits));
	tree = &paths->at[bits % SLOTS];
	if (tree->full && oid_equal(&tree->id, id)) {
		tree->used = true;
		tree->users++;
		return tree;
	}
	if (tree->users)
		tree = mem_calloc(1, sizeof(*tree));
	else
		drop_tree(paths, tree);
	if (read_held(tree, paths, id)) {
		paths->held += tree->object.n;
		tree->users = 1;
		return tree;
	}
	if (tree < paths->at || tree >= paths->at + SLOTS)
		free(tree);
	return NULL;
}

static void give_back(struct tree_paths *paths, struct held_tree *tree)
{
	if (!tree)
		return;
	tree->users--;
	if (tree >= paths->at && tree < paths->at + SLOTS)
		return;
	drop_tree(paths, tree);
	free(tree);
}

/* --- entries ------------------------------------------------------------ */

/* What is left of a tree object. */
struct rest {
	const char *at, *end;
	size_t id; /* bytes of an id in it */
};

/* Its first entry. */
struct first {
	struct tree_item item; /* without a name: there is none */
	size_t size;           /* bytes of it */
};

static struct rest rest_of(const struct held_tree *tree)
{
	static const char none[] = "";

	if (!tree)
		return (struct rest){ none, none, 0 };
	return (struct rest){ tree->object.bytes,
			      tree->object.bytes + tree->object.n,
			      oid_size(&tree->id) };
}

/* False where the object is damaged. */
static bool read_first(struct first *out, const struct rest *rest)
{
	const char *at = rest->at;

	memset(out, 0, sizeof(*out));
	if (at == rest->end)
		return true;
	if (!tree_object_next(&out->item, &at, rest->end, rest->id))
		return false;
	out->size = (size_t)(at - rest->at);
	return true;
}

/* As canon_mode() of git: of a file's bits one counts. */
static unsigned plain_mode(unsigned mode)
{
	return (mode & MODE_TYPE) == MODE_FILE ? MODE_FILE | (mode & MODE_RUNS)
					       : mode & MODE_TYPE;
}

/* In the order that entries have: a folder's name as if a slash followed it. An
 * entry that is not there comes last. */
static int compare_firsts(const struct tree_item *one,
			  const struct tree_item *two)
{
	size_t n = one->n < two->n ? one->n : two->n;
	unsigned char c1, c2;
	int order;

	if (!one->name || !two->name)
		return one->name ? -1 : 1;
	order = memcmp(one->name, two->name, n);
	if (order)
		return order;
	c1 = (unsigned char)one->name[n];
	c2 = (unsigned char)two->name[n];
	if (!c1 && tree_item_is_tree(one))
		c1 = '/';
	if (!c2 && tree_item_is_tree(two))
		c2 = '/';
	return c1 < c2 ? -1 : c1 > c2;
}

static size_t same_bytes(const char *one, const char *two, size_t n)
{
	size_t same = 0;

	for (size_t step = BLOCK; step > 1; step /= 4)
		while (n - same >= step &&
		       !memcmp(one + same, two + same, step))
			same += step;
	while (same < n && one[same] == two[same])
		same++;
	return same;
}

/* Passes over the entries that both begin with. */
static void skip_same(struct rest *one, struct rest *two)
{
	size_t left1 = (size_t)(one->end - one->at);
	size_t left2 = (size_t)(two->end - two->at);
	size_t same = left1 && left2 ? same_bytes(one->at, two->at,
						  left1 < left2 ? left1 : left2)
				     : 0;
	const char *at = one->at, *stop = at + same, *nul;

	if (same == left1 && same == left2) {
		at = stop;
	} else {
		while (at < stop &&
		       (nul = memchr(at, '\0', (size_t)(stop - at))) &&
		       (size_t)(stop - nul) > one->id)
			at = nul + 1 + one->id;
	}
	two->at += at - one->at;
	one->at = at;
}

/* --- pairs -------------------------------------------------------------- */

static bool compare_trees(struct tree_paths *paths, const struct oid *from,
			  const struct oid *to, uint64_t hash, int depth);

static uint32_t fold(uint64_t hash)
{
	return (uint32_t)(hash ^ hash >> 32);
}

uint32_t tree_path_hash(const char *path)
{
	return fold(hash_bytes(HASH_START, path, strlen(path)));
}

static bool is_text_blob(const struct tree_item *item)
{
	return !item || tree_item_is_blob(item) ||
	       (item->mode & MODE_TYPE) == MODE_LINK;
}

static void add_path(struct tree_paths *paths, const struct tree_item *one,
		     const struct tree_item *two, uint32_t path)
{
	static const struct oid none;

	if (paths->nr < paths->max && paths->out)
		paths->out[paths->nr] = path;
	if (paths->nr < paths->max && paths->blobs)
		paths->blobs[paths->nr] = (struct path_blobs){
			.path = path,
			.odd = !is_text_blob(one) || !is_text_blob(two),
			.from = one ? one->id : none,
			.to = two ? two->id : none,
		};
	paths->nr++;
}

/* An entry that is in one of the trees only, or differs: then both are given.
 */
static bool note_difference(struct tree_paths *paths,
			    const struct tree_item *one,
			    const struct tree_item *two, uint64_t hash,
			    int depth)
{
	const struct tree_item *any = one ? one : two;

	hash = hash_bytes(hash, any->name, any->n);
	if (tree_item_is_tree(any))
		return compare_trees(paths, one ? &one->id : NULL,
				     two ? &two->id : NULL,
				     hash_bytes(hash, "/", 1), depth + 1);
	add_path(paths, one, two, fold(hash));
	return true;
}

static bool is_same_entry(const struct tree_item *one,
			  const struct tree_item *two)
{
	return oid_equal(&one->id, &two->id) &&
	       plain_mode(one->mode) == plain_mode(two->mode);
}

static bool compare_rests(struct tree_paths *paths, struct rest one,
			  struct rest two, uint64_t hash, int depth)
{
	bool good = true;

	while (good && paths->nr <= paths->max) {
		struct first a, b;
		int order;

		skip_same(&one, &two);
		if (one.at == one.end && two.at == two.end)
			return true;
		if (!read_first(&a, &one) || !read_first(&b, &two))
			return false;
		order = compare_firsts(&a.item, &b.item);
		if (order || !is_same_entry(&a.item, &b.item))
			good = note_difference(
				paths, order <= 0 ? &a.item : NULL,
				order >= 0 ? &b.item : NULL, hash, depth);
		one.at += order <= 0 ? a.size : 0;
		two.at += order >= 0 ? b.size : 0;
	}
	return good;
}

static bool compare_trees(struct tree_paths *paths, const struct oid *from,
			  const struct oid *to, uint64_t hash, int depth)
{
	struct held_tree *one = NULL, *two = NULL;
	bool good;

	if (depth > DEPTH_MAX)
		return false;
	if (from && to && oid_equal(from, to))
		return true;
	if (from)
		one = take_tree(paths, from);
	if (to)
		two = take_tree(paths, to);
	good = (one || !from) && (two || !to) &&
	       compare_rests(paths, rest_of(one), rest_of(two), hash, depth);
	give_back(paths, one);
	give_back(paths, two);
	return good;
}

/* What was used since the last time stays once more. */
static void drop_unused_trees(struct tree_paths *paths)
{
	while (paths->held > HELD_MAX) {
		struct held_tree *tree = &paths->at[paths->hand++ % SLOTS];

		if (!tree->used)
			drop_tree(paths, tree);
		tree->used = false;
	}
}

static bool list_between(uint32_t *nr, struct tree_paths *paths,
			 const struct oid *from, const struct oid *to)
{
	bool good;

	drop_unused_trees(paths);
	paths->nr = 0;
	good = compare_trees(paths, from, to, HASH_START, 0);
	*nr = paths->nr;
	return good;
}

bool tree_paths_between(uint32_t *out, uint32_t *nr, uint32_t max,
			struct tree_paths *paths, const struct oid *from,
			const struct oid *to)
{
	paths->out = out;
	paths->blobs = NULL;
	paths->max = max;
	return list_between(nr, paths, from, to);
}

bool tree_paths_blobs(struct path_blobs *out, uint32_t *nr, uint32_t max,
		      struct tree_paths *paths, const struct oid *from,
		      const struct oid *to)
{
	paths->out = NULL;
	paths->blobs = out;
	paths->max = max;
	return list_between(nr, paths, from, to);
}

struct tree_paths *tree_paths_new(struct repo *repo, size_t pairs)
{
	struct tree_paths *paths;

	if (internal_asks_git(repo, pairs))
		return NULL;
	/* It would keep each small tree once more. */
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	paths = mem_calloc(1, sizeof(*paths));
	paths->repo = repo;
	return paths;
}

void tree_paths_free(struct tree_paths *paths)
{
	if (!paths)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		drop_tree(paths, &paths->at[i]);
	free(paths);
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 1);
}
