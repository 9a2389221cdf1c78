/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/stat_cache.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/checksum.h"
#include "base/clock.h"
#include "base/opener.h"
#include "git/sparse.h"
#include "index/parallel.h"
#include "index/work_tree.h"
#include "model/dirs.h"
#include "model/retro.h"

/* A thread takes as long to start as so many files to look at. */
#define FEW 400

static uint64_t stat_sum(const struct stat *st)
{
	const int64_t facts[] = {
		(int64_t)st->st_ino,
		st->st_size,
		clock_of_file(st->st_mtim),
		clock_of_file(st->st_ctim),
	};
	uint64_t sum = checksum_bytes(0, facts, sizeof(facts));

	return sum ? sum : 1;
}

/* What the file system tells of a file or folder of that kind; a link says
 * nothing of what it leads to. */
static void take_down(struct cached_file *file, const struct stat *st,
		      mode_t kind, int64_t now)
{
	file->stat = stat_sum(st);
	file->settled = (st->st_mode & S_IFMT) == kind &&
			clock_is_past(clock_of_file(st->st_mtim), now) &&
			clock_is_past(clock_of_file(st->st_ctim), now);
}

void stat_cache_reserve(struct cached_files *files, struct arena *a, size_t nr)
{
	files->at = arena_alloc(a, nr * sizeof(*files->at));
	files->cap = nr;
}

/* --- looking at files --- */

struct look {
	struct cached_files *files;
	int dir;       /* open */
	size_t prefix; /* what a path has before its name below `dir` */
	int64_t now;
};

static void look_share(void *data, size_t from, size_t to, struct arena *a,
		       struct diags *diags)
{
	const struct look *look = data;
	struct stat st;

	(void)a;
	(void)diags;
	for (size_t i = from; i < to; i++) {
		struct cached_file *file = &look->files->at[i];

		if (!opener_glance(&st, look->dir, file->path + look->prefix))
			take_down(file, &st, S_IFREG, look->now);
	}
}

static void stat_listed(struct cached_files *files, struct arena *a,
			const struct repo *repo, const char *dir, int64_t now)
{
	struct diags none = { .arena = a };
	struct look look = {
		.files = files,
		.dir = opener_open(AT_FDCWD,
				   path_join(a, repo_work_tree(repo), dir),
				   O_PATH | O_DIRECTORY, 0),
		.prefix = strlen(dir) + (*dir != '\0'),
		.now = now,
	};

	if (look.dir < 0)
		return;
	if (files->nr < FEW)
		look_share(&look, 0, files->nr, a, &none);
	else
		parallel_run(look_share, &look, files->nr, a, &none);
	close(look.dir);
}

/* --- folders --- */

static void look_at_folder(struct cached_file *folder, struct arena *a,
			   const struct repo *repo, int64_t now)
{
	struct stat st;

	if (!opener_stat(&st, AT_FDCWD,
			 path_join(a, repo_work_tree(repo), folder->path)))
		take_down(folder, &st, S_IFDIR, now);
}

bool stat_cache_is_listed(const struct stat_cache *before, struct arena *a,
			  const struct repo *repo)
{
	/* The folders do not tell what a sparse checkout leaves out. */
	if (!before->folders.nr || sparse_is_on(a, repo))
		return false;
	for (size_t i = 0; i < before->folders.nr; i++) {
		const struct cached_file *was = &before->folders.at[i];
		struct cached_file is = { .path = was->path };

		look_at_folder(&is, a, repo, 0);
		if (!was->settled || is.stat != was->stat)
			return false;
	}
	return true;
}

static void take_over_listing(struct stat_cache *out, struct arena *a,
			      const struct stat_cache *before)
{
	const struct cached_files *files = &before->files;

	out->folders = before->folders;
	stat_cache_reserve(&out->files, a, files->nr);
	out->files.nr = files->nr;
	for (size_t i = 0; i < files->nr; i++)
		out->files.at[i].path = files->at[i].path;
}

static int by_cached_path(const void *one, const void *other)
{
	return strcmp(((const struct cached_file *)one)->path,
		      ((const struct cached_file *)other)->path);
}

/* Adds the files that a sparse checkout leaves out; of these the id of what is
 * staged tells every change. */
static struct err *add_sparse(struct cached_files *files, struct arena *a,
			      const struct repo *repo, const char *root)
{
	struct sparse_files sparse = { 0 };
	struct err *e = sparse_list(&sparse, a, repo, root);
	size_t kept = 0;

	for (size_t i = 0; i < sparse.nr; i++) {
		const struct sparse_file *one = &sparse.at[i];
		struct cached_file file = {
			.path = one->path,
			.settled = true,
			.stat = checksum_bytes(1, &one->blob,
					       sizeof(one->blob)),
		};

		vec_push(a, files, file);
	}
	if (sparse.nr)
		qsort(files->at, files->nr, sizeof(*files->at), by_cached_path);
	/* One may have come back, and git not have noted that yet. */
	for (size_t i = 0; sparse.nr && i < files->nr; i++)
		if (!kept ||
		    by_cached_path(&files->at[kept - 1], &files->at[i]) != 0)
			files->at[kept++] = files->at[i];
	if (sparse.nr)
		files->nr = kept;
	return e;
}

/* What changes from `now` on may have been missed, and bears a time that is not
 * past: so folders are looked at after they were read. */
static struct err *list_anew(struct stat_cache *out, struct arena *a,
			     const struct repo *repo,
			     const struct policy *policy, int64_t now)
{
	struct file_tree tree = { 0 };
	struct err *e = work_tree_list(&tree, a, repo, policy->root);
	struct strs *paths = &tree.files;

	stat_cache_reserve(&out->files, a, paths->nr);
	for (size_t i = 0; i < paths->nr; i++)
		out->files.at[out->files.nr++] =
			(struct cached_file){ .path = paths->at[i] };
	if (!e)
		e = add_sparse(&out->files, a, repo, policy->root);
	dirs_keep(&policy->dirs, out->files.at, &out->files.nr,
		  sizeof(*out->files.at));
	for (size_t i = 0; !e && i < tree.folders.nr; i++) {
		struct cached_file folder = { .path = tree.folders.at[i] };

		look_at_folder(&folder, a, repo, now);
		vec_push(a, &out->folders, folder);
	}
	return e;
}

struct err *stat_cache_list(struct stat_cache *out, struct arena *a,
			    const struct repo *repo,
			    const struct policy *policy,
			    const struct stat_cache *before)
{
	int64_t now = clock_now();
	struct err *e = NULL;

	if (stat_cache_is_listed(before, a, repo))
		take_over_listing(out, a, before);
	else
		e = list_anew(out, a, repo, policy, now);
	stat_listed(&out->files, a, repo, policy->root, now);
	return e;
}

/* --- what is known --- */

static int compare_paths(const struct cached_file *one,
			 const struct cached_file *other)
{
	return one->path == other->path ? 0 : strcmp(one->path, other->path);
}

bool cached_file_is_same(const struct cached_file *one,
			 const struct cached_file *other)
{
	return one->stat == other->stat && one->settled == other->settled &&
	       one->doc == other->doc && oid_equal(&one->blob, &other->blob) &&
	       !compare_paths(one, other);
}

void stat_cache_carry(struct cached_files *now,
		      const struct cached_files *before)
{
	size_t j = 0;

	for (size_t i = 0; i < now->nr; i++) {
		struct cached_file *file = &now->at[i];
		const struct cached_file *was = NULL;
		int order = -1;

		for (; j < before->nr; j++) {
			was = &before->at[j];
			order = compare_paths(was, file);
			if (order >= 0)
				break;
		}
		if (order || !was->doc)
			continue;
		file->blob = was->blob;
		file->bytes = was->bytes;
		file->id = was->id;
		file->doc = was->settled && file->stat == was->stat ? was->doc
								    : -was->doc;
	}
}

/* --- as bytes --- */

/* What stands before each path and its NUL. */
struct head {
	uint64_t stat;
	int64_t doc;
	uint32_t bytes; /* and a bit: settled */
	uint32_t id;
	struct oid blob;
};

void stat_cache_pack(struct buf *out, const struct cached_file *at, size_t nr)
{
	struct head head;

	memset(&head, 0, sizeof(head)); /* what lies between, too */
	for (size_t i = 0; i < nr; i++) {
		head.stat = at[i].stat;
		head.doc = at[i].doc;
		head.bytes = at[i].bytes << 1 | at[i].settled;
		head.id = at[i].id;
		head.blob = at[i].blob;
		buf_add(out, &head, sizeof(head));
		buf_add(out, at[i].path, strlen(at[i].path) + 1);
	}
}

bool stat_cache_unpack(struct cached_files *out, struct arena *a,
		       const char *bytes, size_t n)
{
	while (n) {
		const char *path = bytes + sizeof(struct head), *nul;
		struct head head;

		if (n <= sizeof(head))
			return false;
		nul = memchr(path, '\0', n - sizeof(head));
		if (!nul)
			return false;
		memcpy(&head, bytes, sizeof(head));
		vec_push(a, out,
			 (struct cached_file){ .path = path,
					       .blob = head.blob,
					       .doc = head.doc,
					       .bytes = head.bytes >> 1,
					       .id = head.id,
					       .settled = head.bytes & 1,
					       .stat = head.stat });
		n -= (size_t)(nul + 1 - bytes);
		bytes = nul + 1;
	}
	return true;
}
