/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "base/file.h"
#include "index/file_table.h"
#include "index/internal.h"
#include "index/parallel.h"
#include "model/dirs.h"

/* One at most: of the process, not of a command, since what would have to hand
 * it on knows nothing of an index. */
static struct {
	bool begun;
	struct policy policy; /* which may change meanwhile */
	struct index index;
	struct arena arena;
	struct beside beside;
} ahead;

static void look_ahead(void *data)
{
	(void)data;
	index_begin(&ahead.index);
}

void index_ahead_begin(struct repo *repo, const struct policy *policy)
{
	enum file_kind kind;

	ahead.policy = *policy;
	index_init(&ahead.index, &ahead.arena, repo, &ahead.policy);
	err_free(file_look(&kind, ahead.index.path));
	if (!repo_work_tree(repo) || kind != FILE_REGULAR)
		return; /* it takes long, or nothing at all */
	ahead.begun = true;
	parallel_begin(&ahead.beside, look_ahead, NULL);
}

void index_ahead_end(void)
{
	if (ahead.begun) {
		parallel_end(&ahead.beside);
		db_close(&ahead.index.db);
	}
	arena_release(&ahead.arena);
	ahead.begun = false;
}

static bool fits_index(const struct index *index)
{
	return ahead.begun && index_is_of_work_tree(index) &&
	       !(index->flags & INDEX_BLOBS) &&
	       ahead.index.repo == index->repo &&
	       ahead.index.sections == index->sections &&
	       !strcmp(dirs_text(index->a, &ahead.policy.dirs),
		       dirs_text(index->a, &index->policy->dirs));
}

void index_ahead_take(struct index *index)
{
	if (!fits_index(index)) {
		index_ahead_end();
		return;
	}
	parallel_end(&ahead.beside);
	arena_take(index->a, &ahead.arena);
	ahead.begun = false;
	index->db = ahead.index.db;
	index->now = ahead.index.now;
	index->folders = ahead.index.folders;
	index->listed = ahead.index.listed;
	index->parts = ahead.index.parts;
	if (index->parts)
		index->parts->index = index;
	for (size_t i = 0; i < ahead.index.unlisted.nr; i++)
		vec_push(index->a, &index->unlisted,
			 ahead.index.unlisted.at[i]);
}
