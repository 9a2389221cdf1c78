/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "index/index.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/checksum.h"
#include "base/file.h"
#include "base/opener.h"
#include "git/rev.h"
#include "git/tree.h"
#include "index/codec.h"
#include "index/cursor.h"
#include "index/file_table.h"
#include "index/internal.h"
#include "index/listing.h"
#include "index/parallel.h"
#include "index/tables.h"
#include "index/tokenizer.h"
#include "index/work_tree.h"
#include "model/read.h"

/* --- opening --- */

static bool is_current(struct db *db)
{
	return db_number(db, "PRAGMA user_version") == tables_version();
}

static void make_tables(struct db *db)
{
	char version[64];

	if (!db_run(db, "BEGIN IMMEDIATE"))
		return;
	if (!is_current(db)) { /* another was faster */
		sqlite3_snprintf(sizeof(version), version,
				 "PRAGMA user_version = %d",
				 (int)tables_version());
		tables_make(db);
		db_run(db, version);
	}
	db_run(db, "COMMIT");
}

bool index_open_db(struct index *index)
{
	struct db *db = &index->db;
	bool fresh;

	if (!db_open(db, index->in_memory ? NULL : index->path, WAIT_MS) ||
	    !tokenizer_register(db))
		return false;
	if (is_current(db))
		return tables_are_ours(db);
	fresh = !db_number(db, "SELECT count(*) FROM sqlite_schema");
	if (fresh)
		make_tables(db);
	else if (db->failure == SQLITE_OK)
		db->failure = SQLITE_NOTADB; /* of another version */
	return db->failure == SQLITE_OK;
}

void index_begin(struct index *index)
{
	struct db *db = &index->db;

	if (!index_open_db(index) || !db_run(db, "BEGIN") ||
	    index->flags & INDEX_BLOBS || !index_is_of_work_tree(index))
		return;
	index->parts = arena_alloc(index->a, sizeof(*index->parts));
	file_table_load(index->parts, index);
	if (db->failure == SQLITE_OK)
		index_list_work_tree(index, &index->parts->before);
}

static void shut(struct index *index)
{
	db_close(&index->db);
	index->parts = NULL;
}

static void fill_index(struct index *index, struct diags *diags)
{
	diags->nr = 0;
	if (!index->db.handle)
		index_begin(index);
	if (index->db.failure == SQLITE_OK)
		index_fill(index, diags);
}

/* The file; where it is damaged, a new one; where that will not do, memory. */
static struct err *open_somehow(struct index *index, struct diags *diags)
{
	fill_index(index, diags);
	if (db_trouble(&index->db) == DB_BROKEN && !index->in_memory) {
		shut(index);
		if (db_empty(index->path, WAIT_MS))
			fill_index(index, diags);
	}
	if (db_trouble(&index->db) != DB_FINE && !index->in_memory) {
		shut(index);
		index->in_memory = true;
		fill_index(index, diags);
	}
	return db_err(&index->db);
}

/* What else can be said of a file that failed after it was opened is said when
 * it is opened again. A file that was just made anew and fails is none that can
 * be used: then memory is. */
struct err *index_do(struct index *index, index_fn *fn, void *data)
{
	struct diags again = { .arena = index->a };
	bool emptied = false;
	struct err *e = NULL;

	if (!index->db.handle)
		e = open_somehow(index, &again);
	if (!e)
		fn(index, data);
	while (!e && db_trouble(&index->db) != DB_FINE && !index->in_memory) {
		index->in_memory =
			db_trouble(&index->db) != DB_BROKEN || emptied;
		shut(index);
		if (!index->in_memory)
			index->in_memory = !db_empty(index->path, WAIT_MS);
		emptied = true;
		e = open_somehow(index, &again);
		if (!e)
			fn(index, data);
	}
	return e ? e : db_err(&index->db);
}

/* Over the names that a team added: what lies in which section, and so what is
 * a pitfall, is not the same without them. */
static int64_t sum_sections(const struct policy *policy)
{
	uint64_t sum = policy->sections.nr;

	for (size_t i = 0; i < policy->sections.nr; i++) {
		const struct section_alias *alias = &policy->sections.at[i];

		sum = checksum_bytes(sum, &alias->key, sizeof(alias->key));
		sum = checksum_bytes(sum, alias->name, strlen(alias->name) + 1);
	}
	return (int64_t)sum;
}

/* In a bare repository, HEAD's: NULL and no error while it is unborn. */
static struct err *choose_commit(const struct oid **out, struct arena *a,
				 struct repo *repo)
{
	struct oid head;
	struct err *e;

	if (*out || repo_work_tree(repo))
		return NULL;
	e = rev_head(&head, repo);
	if (!e) {
		struct oid *copy = arena_alloc(a, sizeof(*copy));

		*copy = head;
		*out = copy;
	} else if (e->code == ERR_NOT_FOUND) {
		err_free(e);
		e = NULL;
	}
	return e;
}

/* The folder is made here, and nothing else of it is anybody's business. */
const char *index_file(struct arena *a, const struct repo *repo)
{
	return path_join(a, repo_common_dir(repo), "retro/index");
}

void index_init(struct index *out, struct arena *a, struct repo *repo,
		const struct policy *policy)
{
	*out = (struct index){ .a = a,
			       .repo = repo,
			       .policy = policy,
			       .path = index_file(a, repo),
			       .in_memory = repo_is_untouched(repo),
			       .sections = sum_sections(policy),
			       .unlisted.arena = a };
}

/* Where there can be no retro nothing is made. */
static bool is_worth_it(const struct index *index)
{
	enum file_kind kind;

	if (index->flags & INDEX_BLOBS || index->now.nr ||
	    !oid_is_zero(&index->tree))
		return true;
	if (!index_is_of_work_tree(index))
		return false;
	err_pass(work_tree_look(&kind, index->a, index->repo,
				index->policy->root));
	return kind != FILE_NONE;
}

struct err *index_open(struct index **out, struct arena *a, struct repo *repo,
		       const struct policy *policy, const struct oid *commit,
		       unsigned flags, struct diags *diags)
{
	struct diags unread = { .arena = a };
	struct index *index = arena_alloc(a, sizeof(*index));
	struct err *e = choose_commit(&commit, a, repo);

	*out = NULL;
	if (e)
		return e;
	index_init(index, a, repo, policy);
	index->commit = commit;
	index->flags = flags;
	index_ahead_take(index);
	if (!(flags & INDEX_BLOBS) && !listing_tree(&index->tree, index))
		e = index_list_commit(index);
	if (!e && is_worth_it(index)) {
		err_free(index->in_memory ? NULL
					  : file_make_parents(index->path));
		e = open_somehow(index, &unread);
	}
	if (!e)
		e = index->unwalked;
	for (size_t i = 0; !e && i < index->unlisted.nr; i++)
		vec_push(diags->arena, diags, index->unlisted.at[i]);
	for (size_t i = 0; !e && i < unread.nr; i++)
		vec_push(diags->arena, diags, unread.at[i]);
	if (e)
		db_close(&index->db);
	else
		*out = index;
	return e;
}

void index_close(struct index *index)
{
	if (index)
		db_close(&index->db);
}

const struct cached_files *index_files(const struct index *index)
{
	return &index->files;
}

/* --- the file --- */

struct err *index_forget(struct arena *a, const struct repo *repo)
{
	const char *path = index_file(a, repo);

	enum file_kind kind;
	struct err *e = file_look(&kind, path);

	if (e || kind == FILE_NONE || db_empty(path, WAIT_MS))
		return e;
	return err_hint(err_new(ERR_FAILED, _("cannot empty '%s'"), path),
			_("find the process that uses it, or delete it"));
}

/* Not as a table, pragma_quick_check: SQLite 3.53 refuses that here. */
static bool is_index_sound(struct db *db)
{
	sqlite3_stmt *stmt = db_prepare(db, "PRAGMA quick_check(1)");
	bool sound = db_step(db, stmt) &&
		     !strcmp((const char *)sqlite3_column_text(stmt, 0), "ok");

	sqlite3_finalize(stmt);
	return sound && db->failure == SQLITE_OK;
}

static void look_inside(struct index_state *out, struct index *index)
{
	struct db *db = &index->db;

	if (!db_open(db, out->path, WAIT_MS) || !tokenizer_register(db) ||
	    !is_current(db))
		return;
	out->texts = db_number(db, "SELECT count(*) FROM text");
	if (out->files)
		out->unread = index_unread(index);
	out->sound = is_index_sound(db);
}

void index_look(struct index_state *out, struct arena *a, struct repo *repo,
		const struct policy *policy)
{
	const struct stat_cache none = { 0 };
	struct index index;
	struct stat st;

	index_init(&index, a, repo, policy);
	*out = (struct index_state){ .path = index.path };
	if (repo_work_tree(repo))
		index_list_work_tree(&index, &none);
	out->files = out->unread = index.now.nr;
	if (opener_stat(&st, AT_FDCWD, out->path) || !S_ISREG(st.st_mode) ||
	    !st.st_size)
		return;
	out->exists = true;
	out->bytes = st.st_size;
	look_inside(out, &index);
	db_close(&index.db);
}
