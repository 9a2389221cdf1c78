/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a retro is, from what the index knew last: to find one costs the same
 * however many there are. */
#include "index/internal.h"

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

bool index_where(struct strs *out, struct arena *a, struct repo *repo,
		 const struct policy *policy, const struct strs *paths,
		 const char *id)
{
	struct strs found = { 0 };
	enum file_kind kind;
	struct index index;
	bool known;

	index_init(&index, a, repo, policy);
	err_free(file_look(&kind, index.path));
	if (!repo_work_tree(repo) || kind != FILE_REGULAR)
		return false;
	known = find_places(&found, &index, paths, id);
	db_close(&index.db);
	if (known)
		strs_append(a, out, &found);
	return known;
}
