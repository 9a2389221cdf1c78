/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/tree.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/sorted.h"
#include "git/ancestry.h"
#include "git/child.h"
#include "git/internal.h"
#include "git/kept.h"
#include "git/object.h"
#include "git/oidset.h"
#include "git/repo.h"
#include "git/rev.h"
#include "git/tree_object.h"

/* As deep as file_list() goes. */
#define DEPTH_MAX 64

/* --- one of many entries -------------------------------------------------- */

/* Trees with many entries are kept: reading one takes longer than looking
 * through it. */
#define KNOWN_TREES 8
#define KNOWN_LEAST 4096 /* bytes */
/* And sorting it takes as long as looking through it so often. */
#define KNOWN_ASKED 5

struct known_tree {
	struct oid id;
	struct object object;      /* without bytes: none is kept here */
	size_t asked;              /* how often */
	struct tree_item *entries; /* by name, once it was asked often */
	size_t nr;
};

struct tree_cache {
	pthread_mutex_t lock;
	struct known_tree at[KNOWN_TREES];
	size_t next;      /* to be forgotten for another */
	struct oid named; /* the commit whose names these are; zeros: none */
	struct buf names; /* as git lists them */
};

struct tree_cache *tree_cache_new(void)
{
	struct tree_cache *cache = mem_calloc(1, sizeof(*cache));

	pthread_mutex_init(&cache->lock, NULL);
	buf_init(&cache->names);
	return cache;
}

static void forget_tree(struct known_tree *known)
{
	if (known->object.bytes)
		object_release(&known->object);
	free(known->entries);
	*known = (struct known_tree){ 0 };
}

void tree_cache_free(struct repo *repo)
{
	if (!repo->trees)
		return;
	for (size_t i = 0; i < KNOWN_TREES; i++)
		forget_tree(&repo->trees->at[i]);
	buf_release(&repo->trees->names);
	pthread_mutex_destroy(&repo->trees->lock);
	free(repo->trees);
}

static int compare_entries(const void *left, const void *right)
{
	const struct tree_item *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	/* Of two of one name the first counts. */
	return order ? order : (a->name > b->name) - (a->name < b->name);
}

/* Takes the object over. */
static struct known_tree *keep_tree(struct tree_cache *cache,
				    const struct oid *id,
				    const struct object *object)
{
	struct known_tree *known = &cache->at[cache->next];

	cache->next = (cache->next + 1) % KNOWN_TREES;
	forget_tree(known);
	known->id = *id;
	known->object = *object;
	return known;
}

static void sort_entries(struct known_tree *known, size_t size)
{
	const char *at = known->object.bytes, *end = at + known->object.n;
	struct tree_item entry;
	size_t cap = 0;

	while (tree_object_next(&entry, &at, end, size)) {
		if (known->nr == cap) {
			cap = cap * 2 + 64;
			known->entries = mem_realloc(known->entries,
						     cap * sizeof(entry));
		}
		known->entries[known->nr++] = entry;
	}
	if (!known->entries)
		known->entries = mem_calloc(1, sizeof(entry));
	qsort(known->entries, known->nr, sizeof(entry), compare_entries);
}

static struct known_tree *known_tree(struct tree_cache *cache,
				     const struct oid *id)
{
	for (size_t i = 0; i < KNOWN_TREES; i++)
		if (cache->at[i].object.bytes &&
		    oid_equal(&cache->at[i].id, id))
			return &cache->at[i];
	return NULL;
}

static int by_entry_name(const void *key, const void *entry)
{
	const struct sorted_key *name = key;

	return strncmp(name->text, ((const struct tree_item *)entry)->name,
		       name->n);
}

static bool find_in_known(struct tree_item *out, const struct known_tree *known,
			  const char *name, size_t n)
{
	const struct sorted_key key = { name, n };
	size_t low = sorted_first(&key, known->entries, known->nr,
				  sizeof(*known->entries), by_entry_name);

	/* Names that begin so follow; the whole one is the first of them. */
	if (low == known->nr || strncmp(known->entries[low].name, name, n) ||
	    known->entries[low].name[n])
		return false;
	*out = known->entries[low];
	return true;
}

static bool find_in_object(struct tree_item *out, const struct object *object,
			   size_t size, const char *name, size_t n)
{
	const char *at = object->bytes;

	while (tree_object_next(out, &at, object->bytes + object->n, size))
		if (!strncmp(out->name, name, n) && !out->name[n])
			return true;
	return false;
}

/* The entry of the name, `n` bytes, in a tree. */
static struct err *find_entry(struct tree_item *out, bool *found,
			      struct repo *repo, const struct oid *tree,
			      const char *name, size_t n)
{
	size_t size = repo->sha256 ? OID_RAW : OID_SHA1;
	struct tree_cache *cache = repo->trees;
	struct known_tree *known;
	struct object object;
	struct err *e = NULL;

	*found = false;
	pthread_mutex_lock(&cache->lock);
	known = known_tree(cache, tree);
	if (known && known->asked++ == KNOWN_ASKED)
		sort_entries(known, size);
	if (known && known->entries)
		*found = find_in_known(out, known, name, n);
	else if (known)
		*found = find_in_object(out, &known->object, size, name, n);
	else
		e = tree_object_read(&object, repo, tree, name);
	if (!known && !e) {
		*found = find_in_object(out, &object, size, name, n);
		if (object.n >= KNOWN_LEAST)
			keep_tree(cache, tree, &object);
		else
			object_release(&object);
	}
	pthread_mutex_unlock(&cache->lock);
	out->name = name;
	return e;
}

/* The entry `path`, none of whose parts is empty, below the root of a commit;
 * "" is that itself. */
static struct err *entry_at(struct tree_item *out, bool *found,
			    struct repo *repo, const struct oid *commit,
			    const char *path)
{
	struct err *e;

	*out = (struct tree_item){ .mode = MODE_TREE, .name = "" };
	e = tree_object_root(&out->id, repo, commit);
	*found = !e;
	while (!e && *found && *path) {
		size_t n = strcspn(path, "/");
		struct oid tree = out->id;

		*found = tree_item_is_tree(out);
		if (*found)
			e = find_entry(out, found, repo, &tree, path, n);
		path += n + (path[n] == '/');
	}
	return e;
}

/* Reads a tree, or copies one that is kept. */
static struct err *read_or_copy(struct object *out, struct repo *repo,
				const struct oid *id, const char *path)
{
	struct tree_cache *cache = repo->trees;
	const struct known_tree *known;

	pthread_mutex_lock(&cache->lock);
	known = known_tree(cache, id);
	if (known) {
		*out = (struct object){ .type = OBJECT_TREE,
					.n = known->object.n };
		out->copy = mem_alloc(out->n + 1);
		memcpy(out->copy, known->object.bytes, out->n + 1);
		out->bytes = out->copy;
	}
	pthread_mutex_unlock(&cache->lock);
	return known ? NULL : tree_object_read(out, repo, id, path);
}

struct lister {
	struct tree_entries *out;
	struct arena *a;
	struct repo *repo;
	struct buf path; /* of the directory, with its end slash */
};

static struct err *list_tree(struct lister *l, const struct oid *id, int depth);

static struct err *list_entry(struct lister *l, const struct tree_item *entry,
			      int depth)
{
	size_t before = l->path.n;
	struct err *e = NULL;

	if (*entry->name == '.')
		return NULL;
	buf_addstr(&l->path, entry->name);
	if (tree_item_is_blob(entry)) {
		vec_push(l->a, l->out,
			 (struct tree_entry){
				 arena_strdup(l->a, l->path.p),
				 entry->id,
			 });
	} else if (tree_item_is_tree(entry) && depth < DEPTH_MAX) {
		buf_addch(&l->path, '/');
		e = list_tree(l, &entry->id, depth + 1);
	}
	buf_truncate(&l->path, before);
	return e;
}

/* A tree's own order, directories as if they ended with a slash, is that of
 * the whole paths by byte value. */
static struct err *list_tree(struct lister *l, const struct oid *id, int depth)
{
	size_t size = l->repo->sha256 ? OID_RAW : OID_SHA1;
	struct object object;
	struct tree_item entry;
	const char *at;
	struct err *e = read_or_copy(&object, l->repo, id, l->path.p);

	if (e)
		return e;
	at = object.bytes;
	while (!e &&
	       tree_object_next(&entry, &at, object.bytes + object.n, size))
		e = list_entry(l, &entry, depth);
	if (!e && at < object.bytes + object.n)
		e = err_new(ERR_FAILED, _("the directory '%s' is damaged"),
			    l->path.p);
	object_release(&object);
	return e;
}

/* *found false: no such directory. */
static struct err *find_dir(struct oid *out, bool *found, struct repo *repo,
			    const struct oid *commit, const char *dir)
{
	struct tree_item entry;
	struct err *e = entry_at(&entry, found, repo, commit, dir);

	*found = !e && *found && tree_item_is_tree(&entry);
	if (*found)
		*out = entry.id;
	return e;
}

struct err *tree_list(struct tree_entries *out, struct arena *a,
		      struct repo *repo, const struct oid *commit,
		      const char *dir)
{
	struct lister l = { out, a, repo, BUF_INIT };
	struct oid id;
	bool found;
	struct err *e = find_dir(&id, &found, repo, commit, dir);

	if (e || !found)
		return e;
	if (*dir)
		buf_addf(&l.path, "%s/", dir);
	e = list_tree(&l, &id, 0);
	buf_release(&l.path);
	return e;
}

bool tree_id(struct oid *out, struct repo *repo, const struct oid *commit,
	     const char *dir)
{
	bool found;
	struct err *e = find_dir(out, &found, repo, commit, dir);

	err_pass(e);
	return found;
}

bool tree_file_id(struct oid *out, struct repo *repo, const struct oid *commit,
		  const char *path)
{
	struct tree_item entry;
	bool found;
	struct err *e = entry_at(&entry, &found, repo, commit, path);

	found = !e && found && tree_item_is_blob(&entry);
	if (found)
		*out = entry.id;
	err_pass(e);
	return found;
}

static int has_entry(struct repo *repo, const struct oid *commit,
		     const char *path, bool folders)
{
	struct tree_item entry;
	bool found;
	struct err *e = entry_at(&entry, &found, repo, commit, path);

	if (!e)
		return found && (folders || !tree_item_is_tree(&entry));
	err_pass(e);
	return -1;
}

int tree_has(struct repo *repo, const struct oid *commit, const char *path)
{
	return has_entry(repo, commit, path, true);
}

int tree_has_file(struct repo *repo, const struct oid *commit, const char *path)
{
	return has_entry(repo, commit, path, false);
}

struct err *tree_blob(struct buf *out, struct repo *repo,
		      const struct oid *blob, size_t max)
{
	struct object object;
	struct err *e = object_read(&object, repo, blob, max);

	if (e)
		return e;
	buf_add(out, object.bytes, object.n);
	object_release(&object);
	return NULL;
}

struct err *tree_file(struct buf *out, struct repo *repo,
		      const struct oid *commit, const char *path, size_t max)
{
	struct tree_item entry;
	bool found;
	struct err *e = entry_at(&entry, &found, repo, commit, path);

	if (e)
		return e;
	if (!found)
		return err_new(ERR_NOT_FOUND, _("no such file: '%s'"), path);
	if (!tree_item_is_blob(&entry))
		return err_new(ERR_UNSUPPORTED, _("'%s' is not a regular file"),
			       path);
	return err_context(tree_blob(out, repo, &entry.id, max), "'%s'", path);
}

/* --- first days --------------------------------------------------------- */

/* No path that git prints begins so. */
#define DATE_MARK "//"

struct wanted {
	const char *path;
	int32_t *day;
};

/* What a line such as "//<id> 1767607200 +0100" tells. Where history is cut
 * off every file looks new: that is not a day to tell. */
static int32_t read_tree_day(const char *line, const struct oidset *ends)
{
	struct oid id;
	size_t n = oid_parse(&id, line + strlen(DATE_MARK));

	if (!n || oidset_has(ends, &id))
		return DAY_NONE;
	return day_of(child_moment(line + strlen(DATE_MARK) + n + 1));
}

static int compare_wanted_paths(const void *a, const void *b)
{
	const struct wanted *one = a, *other = b;

	return strcmp(one->path, other->path);
}

/* The answer has newer commits first, so the last day told is the first. */
static void note_first_days(const struct wanted *wanted, size_t nr,
			    const struct buf *answer, const struct oidset *ends)
{
	const char *at = answer->p, *end = answer->p + answer->n, *field;
	int32_t day = DAY_NONE;

	while (child_split(&field, 1, &at, end)) {
		struct wanted key = { field + (*field == '\n'), NULL };
		const struct wanted *found;

		if (!strncmp(key.path, DATE_MARK, strlen(DATE_MARK))) {
			day = read_tree_day(key.path, ends);
			continue;
		}
		found = bsearch(&key, wanted, nr, sizeof(key),
				compare_wanted_paths);
		if (!found)
			continue;
		while (found > wanted && !compare_wanted_paths(found - 1, &key))
			found--;
		for (;
		     found < wanted + nr && !compare_wanted_paths(found, &key);
		     found++)
			*found->day = day;
	}
}

size_t tree_shared_folder(const struct strs *paths)
{
	const char *first = paths->at[0];
	size_t n = strcspn(first, "\n"); /* which would end it */

	for (size_t i = 1; i < paths->nr; i++)
		for (size_t j = 0; j < n; j++)
			if (paths->at[i][j] != first[j])
				n = j;
	if (paths->nr > 1 || first[n])
		while (n && first[n - 1] != '/')
			n--;
	return n;
}

static struct err *ask_first_days(struct buf *answer, const struct oids *from,
				  const struct strs *paths)
{
	static const char *const args[] = { "log",
					    "--stdin",
					    CHILD_LOG,
					    "--diff-filter=A",
					    "--no-renames",
					    "--name-only",
					    "-z",
					    "--date=raw",
					    "--format=" DATE_MARK "%H %ad",
					    NULL };
	struct buf in = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	for (size_t i = 0; i < from->nr; i++)
		buf_addf(&in, "%s\n", oid_hex(hex, &from->at[i]));
	buf_addf(&in, "--\n:(top,literal)%.*s\n",
		 (int)tree_shared_folder(paths), paths->at[0]);
	e = child_run(answer, args, &in);
	buf_release(&in);
	return e;
}

struct err *tree_ends(struct oidset *out, struct repo *repo)
{
	struct arena arena = ARENA_INIT;
	struct oids ends = { 0 };
	struct err *e = repo_shallow_ends(&ends, &arena, repo);

	for (size_t i = 0; !e && i < ends.nr; i++)
		oidset_add(out, &ends.at[i]);
	arena_release(&arena);
	return e;
}

struct err *tree_first_days(int32_t *out, struct repo *repo,
			    const struct oids *from, const struct strs *paths)
{
	struct wanted *wanted = mem_calloc(paths->nr + 1, sizeof(*wanted));
	struct oidset ends = OIDSET_INIT;
	struct buf answer = BUF_INIT;
	struct oid head;
	const struct oids only_head = { &head, 1, 1 };
	struct err *e = from ? NULL : rev_head(&head, repo);
	bool unborn = e && e->code == ERR_NOT_FOUND;

	for (size_t i = 0; i < paths->nr; i++) {
		wanted[i] = (struct wanted){ paths->at[i], &out[i] };
		out[i] = DAY_NONE;
	}
	qsort(wanted, paths->nr, sizeof(*wanted), compare_wanted_paths);
	if (!e)
		e = tree_ends(&ends, repo);
	if (!e && paths->nr)
		e = ask_first_days(&answer, from ? from : &only_head, paths);
	if (!e)
		note_first_days(wanted, paths->nr, &answer, &ends);
	if (unborn) {
		err_free(e);
		e = NULL;
	}
	oidset_release(&ends);
	buf_release(&answer);
	free(wanted);
	return e;
}

/* Only where a tree is what it says (git replace). */
static struct err *ask_names(struct tree_cache *cache, struct repo *repo,
			     const char *const *args, const char *hex)
{
	struct buf key = BUF_INIT;
	bool keep = kept_is_on() && !ancestry_is_bent(repo);
	struct err *e = NULL;

	buf_addf(&key, "%s: names in %s", repo->common_dir, hex);
	if (!keep || !kept_get(&cache->names, &key)) {
		e = child_run(&cache->names, args, NULL);
		if (keep && !e)
			kept_put(&key, cache->names.p, cache->names.n);
	}
	buf_release(&key);
	return e;
}

static struct err *list_names(struct tree_cache *cache, struct repo *repo,
			      const struct oid *commit)
{
	char hex[OID_HEX + 1];
	const char *const args[] = { "ls-tree",     "-r",
				     "-z",          "--full-tree",
				     "--name-only", oid_hex(hex, commit),
				     NULL };
	struct err *e;

	if (oid_equal(&cache->named, commit))
		return NULL;
	buf_reset(&cache->names);
	cache->named = (struct oid){ { 0 } };
	e = ask_names(cache, repo, args, hex);
	if (!e)
		cache->named = *commit;
	return e;
}

struct err *tree_names(struct strs *out, struct arena *a, struct repo *repo,
		       const struct oid *commit)
{
	struct tree_cache *cache = repo->trees;
	const char *at, *path;
	struct err *e;

	pthread_mutex_lock(&cache->lock);
	e = list_names(cache, repo, commit);
	at = cache->names.p;
	while (!e &&
	       child_split(&path, 1, &at, cache->names.p + cache->names.n))
		vec_push(a, out, arena_strdup(a, path));
	pthread_mutex_unlock(&cache->lock);
	return e;
}
