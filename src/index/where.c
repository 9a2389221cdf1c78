/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a retro is, from what the index knew last: to find one costs the same
 * however many there are. */
#include "index/internal.h"

#include <string.h>

#include "base/checksum.h"
#include "base/file.h"
#include "index/file_table.h"

static bool find_places(struct strs *out, struct index *index,
			const struct strs *paths, const char *id)
{
	struct file_table table;
	struct db *db = &index->db;

	if (!index_open_db(index) || !db_run(db, "BEGIN"))
		return false;
	file_table_load_place(&table, index);
	if (db->failure != SQLITE_OK || !table.place ||
	    !stat_cache_is_listed(&table.before, index->a, index->repo))
		return false;
	for (size_t i = 0; !out->nr && i < paths->nr; i++)
		if (file_table_has(&table, paths->at[i]))
			vec_push(index->a, out, paths->at[i]);
	if (!out->nr)
		file_table_find(out, &table, checksum_text(id));
	return db->failure == SQLITE_OK;
}

/* Opens what there is; false if there is no index of a work tree. */
static bool open_known(struct index *index, struct arena *a, struct repo *repo,
		       const struct policy *policy)
{
	enum file_kind kind;

	index_init(index, a, repo, policy);
	err_free(file_look(&kind, index->path));
	return repo_work_tree(repo) && kind == FILE_REGULAR;
}

bool index_where(struct strs *out, struct arena *a, struct repo *repo,
		 const struct policy *policy, const struct strs *paths,
		 const char *id)
{
	struct strs found = { 0 };
	struct index index;
	bool known;

	if (!open_known(&index, a, repo, policy))
		return false;
	known = find_places(&found, &index, paths, id);
	db_close(&index.db);
	if (known)
		strs_append(a, out, &found);
	return known;
}

static bool is_same_text(const struct cached_file *file,
			 const struct tree_entry *entry)
{
	return file->doc && !strcmp(file->path, entry->path) &&
	       oid_equal(&file->blob, &entry->blob);
}

static void match_ids(int64_t *out, const struct cached_files *known,
		      const struct tree_entries *files)
{
	size_t at = 0;

	for (size_t i = 0; i < files->nr && at < known->nr; i++) {
		while (at < known->nr &&
		       strcmp(known->at[at].path, files->at[i].path) < 0)
			at++;
		if (at < known->nr &&
		    is_same_text(&known->at[at], &files->at[i]))
			out[i] = known->at[at].id;
	}
}

void index_ids(int64_t *out, struct arena *a, struct repo *repo,
	       const struct policy *policy, const struct tree_entries *files)
{
	struct file_table table;
	struct index index;

	for (size_t i = 0; i < files->nr; i++)
		out[i] = -1;
	if (!open_known(&index, a, repo, policy))
		return;
	if (index_open_db(&index) && db_run(&index.db, "BEGIN")) {
		file_table_load(&table, &index);
		if (index.db.failure == SQLITE_OK)
			match_ids(out, &table.before.files, files);
	}
	db_close(&index.db);
}
