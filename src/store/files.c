/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/files.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "model/retro.h"
#include "store/parallel.h"
#include "store/work_tree.h"

#define SECOND INT64_C(1000000000)
/* The clock of files ticks this often at most; one of an old file system counts
 * whole seconds, or two. Nanoseconds. */
#define TICK        (20 * 1000000)
#define COARSE_TICK (2 * SECOND)

static int64_t nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec;
}

static bool is_past(int64_t time, int64_t now)
{
	return time + (time % SECOND ? TICK : COARSE_TICK) < now;
}

/* A thread takes as long to start as so many files to look at. */
#define FEW 2000

struct look {
	struct files *files;
	int dir;       /* open */
	size_t prefix; /* what a path has before its name below `dir` */
	int64_t now;
};

/* A link says nothing of the file it leads to, so it is never settled. */
static void look_at(const struct look *look, struct file *file)
{
	struct stat st;

	if (fstatat(look->dir, file->path + look->prefix, &st,
		    AT_SYMLINK_NOFOLLOW))
		return;
	file->stat = (struct file_stat){
		st.st_ino,
		(uint64_t)st.st_size,
		nanoseconds(st.st_mtim),
		nanoseconds(st.st_ctim),
	};
	file->settled = S_ISREG(st.st_mode) &&
			is_past(file->stat.modified, look->now) &&
			is_past(file->stat.changed, look->now);
}

static void look_share(void *data, size_t from, size_t to, struct arena *a,
		       struct diags *diags)
{
	const struct look *look = data;

	(void)a;
	(void)diags;
	for (size_t i = from; i < to; i++)
		look_at(look, &look->files->at[i]);
}

void files_reserve(struct files *files, struct arena *a, size_t nr)
{
	if (files->nr || !nr)
		return;
	files->at = arena_alloc(a, nr * sizeof(*files->at));
	files->cap = nr;
}

struct err *files_list(struct files *out, struct arena *a,
		       const struct repo *repo, const char *dir)
{
	struct diags none = { .arena = a };
	struct look look = { .files = out };
	struct strs paths = { 0 };
	struct timespec now;
	struct err *e = work_tree_list(&paths, a, repo, dir);

	out->cap = paths.nr;
	out->at = arena_alloc(a, out->cap * sizeof(*out->at));
	for (size_t i = 0; i < paths.nr; i++)
		if (retro_is_path(paths.at[i]))
			out->at[out->nr++].path = paths.at[i];
	clock_gettime(CLOCK_REALTIME, &now);
	look.now = nanoseconds(now);
	look.prefix = strlen(dir) + (*dir != '\0');
	look.dir = open(path_join(a, repo_work_tree(repo), dir),
			O_PATH | O_CLOEXEC);
	if (look.dir >= 0 && out->nr < FEW)
		look_share(&look, 0, out->nr, a, &none);
	else if (look.dir >= 0)
		parallel_run(look_share, &look, out->nr, a, &none);
	close(look.dir);
	return e;
}

static bool same_stat(const struct file *one, const struct file *other)
{
	return one->stat.inode == other->stat.inode &&
	       one->stat.size == other->stat.size &&
	       one->stat.modified == other->stat.modified &&
	       one->stat.changed == other->stat.changed;
}

bool file_is_same(const struct file *one, const struct file *other)
{
	return same_stat(one, other) && one->settled == other->settled &&
	       one->doc == other->doc && oid_equal(&one->blob, &other->blob);
}

void files_carry(struct files *now, const struct files *before)
{
	size_t j = 0;

	for (size_t i = 0; i < now->nr; i++) {
		struct file *file = &now->at[i];
		const struct file *was = before->at + j;
		int order = -1;

		for (; j < before->nr; j++) {
			was = &before->at[j];
			order = strcmp(was->path, file->path);
			if (order >= 0)
				break;
		}
		if (order || !was->doc)
			continue;
		file->blob = was->blob;
		file->bytes = was->bytes;
		file->doc = was->settled && same_stat(file, was) ? was->doc
								 : -was->doc;
	}
}

/* --- as bytes --- */

/* What stands before each path and its NUL. */
struct head {
	struct file_stat stat;
	int64_t doc;
	uint64_t bytes;
	uint32_t settled;
	struct oid blob;
};

void files_pack(struct buf *out, const struct file *at, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		const struct head head = {
			at[i].stat,    at[i].doc,  at[i].bytes,
			at[i].settled, at[i].blob,
		};

		buf_add(out, &head, sizeof(head));
		buf_add(out, at[i].path, strlen(at[i].path) + 1);
	}
}

bool files_unpack(struct files *out, struct arena *a, const char *bytes,
		  size_t n)
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
			 (struct file){ path, head.blob, head.doc, head.bytes,
					head.settled, head.stat });
		n -= (size_t)(nul + 1 - bytes);
		bytes = nul + 1;
	}
	return true;
}
