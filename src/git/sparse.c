/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/sparse.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "git/batch.h"
#include "git/child.h"
#include "git/internal.h"
#include "git/sparse_cache.h"

bool sparse_is_on(struct arena *a, const struct repo *repo)
{
	const char *patterns =
		path_join(a, repo_git_dir(repo), "info/sparse-checkout");
	enum file_kind kind = FILE_NONE;

	err_pass(file_look(&kind, patterns));
	return kind != FILE_NONE;
}

/* "S <mode> <id> <stage>\t<path>"; S: the work tree is without it. */
static void read_entry(struct sparse_files *out, struct arena *a,
		       const char *entry)
{
	const char *path = strchr(entry, '\t');
	struct sparse_file file;

	if (!path || strncmp(entry, "S 100", 5) != 0 || strlen(entry) < 10 ||
	    !oid_parse(&file.blob, entry + 9))
		return;
	file.path = arena_strdup(a, path + 1);
	vec_push(a, out, file);
}

struct err *sparse_list(struct sparse_files *out, struct arena *a,
			const struct repo *repo, const char *path)
{
	const char *const args[] = {
		"ls-files",
		"-t",
		"--stage",
		"-z",
		"--full-name",
		"--",
		*path ? arena_printf(a, ":(top,literal)%s", path) : ":(top)",
		NULL
	};
	struct buf answer = BUF_INIT;
	const char *at, *entry;
	struct err *e = NULL;

	if (!sparse_is_on(a, repo))
		return NULL;
	e = child_run(&answer, args, NULL);
	at = answer.p;
	while (!e && child_split(&entry, 1, &at, answer.p + answer.n))
		read_entry(out, a, entry);
	buf_release(&answer);
	return e;
}

/* --- reading --- */

static int by_sparse_path(const void *one, const void *other)
{
	return strcmp(((const struct sparse_file *)one)->path,
		      ((const struct sparse_file *)other)->path);
}

/* One question for all files of a folder: who reads one mostly reads others. */
static struct err *list_around(struct sparse_cache *cache,
			       const struct repo *repo, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : strlen(path);
	const char *folder = arena_strndup(&cache->arena, path, n);
	struct err *e;

	for (size_t i = 0; slash && i < cache->folders.nr; i++)
		if (!strncmp(path, cache->folders.at[i],
			     strlen(cache->folders.at[i])))
			return NULL;
	if (slash)
		vec_push(&cache->arena, &cache->folders,
			 arena_printf(&cache->arena, "%s/", folder));
	e = sparse_list(&cache->files, &cache->arena, repo, folder);
	if (cache->files.nr)
		qsort(cache->files.at, cache->files.nr,
		      sizeof(*cache->files.at), by_sparse_path);
	return e;
}

static const struct oid *find_sparse(const struct sparse_cache *cache,
				     const char *path)
{
	const struct sparse_file key = { .path = path }, *found = NULL;

	if (cache->files.nr)
		found = bsearch(&key, cache->files.at, cache->files.nr,
				sizeof(key), by_sparse_path);
	return found ? &found->blob : NULL;
}

static struct err *read_sparse(struct buf *out, bool *found,
			       struct sparse_cache *cache,
			       const struct repo *repo, const char *path)
{
	struct err *e = list_around(cache, repo, path);
	const struct oid *blob = e ? NULL : find_sparse(cache, path);
	enum object_type type;
	const char *bytes;
	size_t n;

	*found = blob;
	if (!blob)
		return e;
	if (!cache->batch)
		cache->batch = batch_new();
	e = batch_read(&type, &bytes, &n, cache->batch, blob);
	if (!e)
		buf_add(out, bytes, n);
	return e;
}

struct err *sparse_read(struct buf *out, bool *found, const struct repo *repo,
			const char *path)
{
	struct sparse_cache *cache = repo->sparse;
	struct err *e;

	pthread_mutex_lock(&cache->lock);
	e = read_sparse(out, found, cache, repo, path);
	pthread_mutex_unlock(&cache->lock);
	return e;
}
