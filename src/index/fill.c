/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/progress.h"
#include "git/tree.h"
#include "index/file_table.h"
#include "index/listing.h"
#include "index/parallel.h"
#include "index/tables.h"
#include "model/dirs.h"

/* Texts that are read before they are put in, and those that are put in by one
 * transaction: what is lost when we are stopped. */
#define BATCH       1024
#define TRANSACTION 4096

struct filling {
	struct index *index;
	struct diags *diags;
	struct file_table *parts; /* NULL: not of a work tree */

	bool writing;
	size_t added; /* texts, in this transaction */
	int64_t next; /* doc */
	sqlite3_stmt *find, *add_doc, *set_found, *add_text, *add_facts,
		*add_words;
};

bool index_is_of_work_tree(const struct index *index)
{
	return !index->commit && repo_work_tree(index->repo);
}

/* --- listing --- */

struct err *index_list_commit(struct index *index)
{
	struct tree_entries entries = { 0 };
	struct err *e;

	if (!index->commit)
		return NULL;
	index->now = (struct cached_files){ 0 };
	e = tree_list(&entries, index->a, index->repo, index->commit,
		      index->policy->root);
	dirs_keep(&index->policy->dirs, entries.at, &entries.nr,
		  sizeof(*entries.at));
	for (size_t i = 0; !e && i < entries.nr; i++)
		vec_push(index->a, &index->now,
			 (struct cached_file){ .path = entries.at[i].path,
					       .blob = entries.at[i].blob });
	return e;
}

void index_list_work_tree(struct index *index, const struct stat_cache *before)
{
	const char *dir = index->policy->root;
	struct stat_cache listing = { 0 };
	struct err *e;

	if (index->listed)
		return;
	e = stat_cache_list(&listing, index->a, index->repo, index->policy,
			    before);
	if (e)
		diag_add(&index->unlisted, RULE_FILE, dir, (struct pos){ 0 },
			 e->hint, "%s", e->text);
	err_free(e);
	index->now = listing.files;
	index->folders = listing.folders;
	index->listed = true;
}

/* --- writing --- */

/* Not before anything is to be looked up or put in, which mostly is nothing. */
static void prepare_filling(struct filling *f)
{
	struct db *db = &f->index->db;

	if (f->find)
		return;
	f->find = db_prepare(db, "SELECT id, found, size FROM doc"
				 " WHERE blob = ?1 AND sections = ?2");
	f->add_doc = db_prepare(db, "INSERT INTO doc VALUES(?1, ?2, ?3, ?4,"
				    " ?5, ?6)");
	f->set_found = db_prepare(db, "UPDATE doc SET found = 1"
				      " WHERE blob = ?1 AND sections = ?2");
	f->add_text = db_prepare(db, "INSERT INTO text VALUES(?1, ?2)");
	f->add_facts = db_prepare(db, "INSERT INTO facts VALUES(?1, ?2)");
	f->add_words = tables_prepare_words(db, false);
}

/* Ends the transaction that reads, and begins one that writes. */
static void begin_writing(struct filling *f)
{
	struct db *db = &f->index->db;

	if (f->writing)
		return;
	db_wait(db, WAIT_WRITE_MS);
	db_run(db, "COMMIT; " DB_CACHE_WRITE "; BEGIN IMMEDIATE");
	f->next = db_number(db, "SELECT max(id) FROM text") + 1;
	prepare_filling(f);
	f->writing = true;
	f->added = 0;
}

/* Ends it, and begins one that reads. */
static void end_writing(struct filling *f)
{
	if (!f->writing)
		return;
	db_run(&f->index->db, "COMMIT; " DB_CACHE "; BEGIN");
	db_wait(&f->index->db, WAIT_MS);
	f->writing = false;
}

/* Of the files before number `known`, all of which are known. */
static void save_parts(struct filling *f, size_t known)
{
	while (f->parts && file_table_next(f->parts, known)) {
		begin_writing(f);
		file_table_save(f->parts);
	}
}

/* Once all of their files are known. */
static void save_folders(struct filling *f)
{
	if (!f->parts || !file_table_lacks_folders(f->parts))
		return;
	begin_writing(f);
	file_table_save_folders(f->parts);
}

/* --- texts --- */

static void finalize(struct filling *f)
{
	sqlite3_finalize(f->find);
	sqlite3_finalize(f->add_doc);
	sqlite3_finalize(f->set_found);
	sqlite3_finalize(f->add_text);
	sqlite3_finalize(f->add_facts);
	sqlite3_finalize(f->add_words);
}

static void bind_blob(struct filling *f, sqlite3_stmt *stmt,
		      const struct oid *blob)
{
	if (!stmt)
		return;
	sqlite3_bind_blob(stmt, 1, blob->raw, OID_RAW, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 2, f->index->sections);
}

/* The doc of a blob, 0 if there is none. */
static int64_t find_doc(struct filling *f, const struct oid *blob, bool *found,
			uint64_t *size)
{
	struct db *db = &f->index->db;
	int64_t doc = 0;

	bind_blob(f, f->find, blob);
	*found = false;
	if (db_step(db, f->find)) {
		doc = sqlite3_column_int64(f->find, 0);
		*found = sqlite3_column_int(f->find, 1);
		*size = (uint64_t)sqlite3_column_int64(f->find, 2);
	}
	if (f->find)
		sqlite3_reset(f->find);
	return doc;
}

static void put_blob(struct db *db, sqlite3_stmt *stmt, int64_t doc,
		     const char *bytes, size_t n)
{
	if (!stmt)
		return;
	sqlite3_bind_int64(stmt, 1, doc);
	sqlite3_bind_blob(stmt, 2, bytes, (int)n, SQLITE_STATIC);
	db_do(db, stmt);
}

static void put_doc_words(struct filling *f, int64_t doc,
			  const struct ingest *item)
{
	if (!f->add_words)
		return;
	sqlite3_bind_int64(f->add_words, 1, doc);
	for (int i = 0; i < COLUMNS; i++)
		sqlite3_bind_text(f->add_words, i + 2, item->columns[i].p,
				  (int)item->columns[i].n, SQLITE_STATIC);
	db_do(&f->index->db, f->add_words);
}

static int64_t add_doc_text(struct filling *f, const struct ingest *item,
			    bool search)
{
	struct db *db = &f->index->db;
	int64_t doc = f->next++;

	bind_blob(f, f->add_doc, &item->blob);
	if (f->add_doc) {
		sqlite3_bind_int64(f->add_doc, 3, doc);
		sqlite3_bind_int(f->add_doc, 4, search);
		sqlite3_bind_int64(f->add_doc, 5, moment_now().seconds);
		sqlite3_bind_int64(f->add_doc, 6, (int64_t)item->n);
	}
	db_do(db, f->add_doc);
	put_blob(db, f->add_text, doc, item->bytes, item->n);
	put_blob(db, f->add_facts, doc, item->facts.p, item->facts.n);
	return doc;
}

/* What another file or process has put in already is found. */
static int64_t put_in(struct filling *f, const struct ingest *item, bool search)
{
	bool found;
	uint64_t size;
	int64_t doc;

	begin_writing(f);
	doc = find_doc(f, &item->blob, &found, &size);
	if (doc && search && !found) {
		bind_blob(f, f->set_found, &item->blob);
		db_do(&f->index->db, f->set_found);
	}
	if (!doc)
		doc = add_doc_text(f, item, search);
	if (search && !found) {
		put_doc_words(f, doc, item);
		f->added++;
	}
	return doc;
}

/* --- a place --- */

/* The texts of a revision. One that is missing, as in a partial clone, is
 * told; `item` then has no bytes. */
static void read_blob(struct ingest *item, struct filling *f, struct arena *a,
		      const char *path)
{
	struct buf b = BUF_INIT;
	struct err *e = tree_blob(&b, f->index->repo, &item->blob, FILE_MAX);

	if (!e) {
		item->bytes = arena_strndup(a, b.p, b.n);
		item->n = b.n;
	} else if (path) {
		diag_add(f->diags, RULE_FILE, path, (struct pos){ 0 }, e->hint,
			 "%s", e->text);
		err_free(e);
	} else {
		err_pass(e);
	}
	buf_release(&b);
}

static bool searches(const struct index *index)
{
	return index_is_of_work_tree(index) || index->flags & INDEX_SEARCH;
}

static void settle_file(struct filling *f, struct cached_file *file,
			const struct ingest *item)
{
	if (!item->read) {
		file->doc = 0;
		file->settled = false;
	} else if (item->same) {
		file->doc = -file->doc;
	} else {
		file->blob = item->blob;
		file->id = item->id;
		file->doc = put_in(f, item, searches(f->index));
		file->bytes = (uint32_t)item->n; /* at most FILE_MAX */
	}
}

static size_t next_unknown(const struct cached_files *files, size_t at)
{
	while (at < files->nr && files->at[at].doc > 0)
		at++;
	return at;
}

/* Texts that are read while those before them are put in. */
struct batch {
	struct index *index;
	struct ingest items[BATCH];
	struct cached_file *files[BATCH];
	size_t nr;
	size_t end; /* of the place's files; behind it nothing is known */
	struct arena arena;
	struct diags diags;
	struct beside reading;
};

static void read_file_batch(void *data)
{
	struct batch *batch = data;

	ingest_read(batch->items, batch->nr, &batch->arena, &batch->diags,
		    batch->index->repo, batch->index->policy);
}

/* The next files that are not known, from `at` on; NULL if there are none. */
static struct batch *begin_batch(struct filling *f, size_t at)
{
	struct index *index = f->index;
	struct batch *batch;

	at = next_unknown(&index->now, at);
	if (at == index->now.nr)
		return NULL;
	batch = mem_calloc(1, sizeof(*batch));
	batch->index = index;
	batch->diags.arena = &batch->arena;
	for (size_t tried = 0; tried < BATCH && at < index->now.nr; tried++) {
		struct cached_file *file = &index->now.at[at];
		struct ingest item = { .blob = file->blob };

		if (index_is_of_work_tree(index))
			item.path = file->path;
		else
			read_blob(&item, f, &batch->arena, file->path);
		batch->items[batch->nr] = item;
		batch->files[batch->nr] = file;
		batch->nr += item.path || item.bytes;
		at = next_unknown(&index->now, at + 1);
	}
	batch->end = at;
	parallel_begin(&batch->reading, read_file_batch, batch);
	return batch;
}

static void end_batch(struct filling *f, struct batch *batch)
{
	for (size_t i = 0; i < batch->nr; i++)
		settle_file(f, batch->files[i], &batch->items[i]);
	for (size_t i = 0; i < batch->diags.nr; i++)
		vec_push(f->diags->arena, f->diags, batch->diags.at[i]);
	ingest_release(batch->items, batch->nr);
	if (batch->diags.nr)
		arena_take(f->diags->arena, &batch->arena);
	arena_release(&batch->arena);
	free(batch);
}

static void take_in(struct filling *f)
{
	struct index *index = f->index;
	struct batch *batch = begin_batch(f, 0);
	struct progress progress;

	progress_start(&progress, N_("Indexing"), index->now.nr);
	while (batch) {
		size_t end = batch->end;
		struct batch *next;

		parallel_end(&batch->reading);
		next = index->db.failure == SQLITE_OK ? begin_batch(f, end)
						      : NULL;
		end_batch(f, batch);
		if (f->added >= TRANSACTION) {
			save_parts(f, end);
			end_writing(f);
		}
		progress_step(&progress, end);
		batch = next;
	}
	save_parts(f, index->now.nr);
	save_folders(f);
	if (f->writing && index_is_of_work_tree(index))
		index_prune(index);
	progress_stop(&progress);
}

static void find_known_file(struct filling *f)
{
	struct cached_files *now = &f->index->now;

	prepare_filling(f);
	for (size_t i = 0; i < now->nr; i++) {
		bool found;
		uint64_t size = 0;
		int64_t doc = find_doc(f, &now->at[i].blob, &found, &size);

		now->at[i].bytes = (uint32_t)size;
		if (found || !searches(f->index))
			now->at[i].doc = doc;
	}
}

/* Mostly all of them; then the list is the same, and only what is added behind
 * it would be a copy. */
static void keep_readable(struct index *index)
{
	const struct cached_files *now = &index->now;
	size_t nr = 0;

	while (nr < now->nr && now->at[nr].doc > 0)
		nr++;
	index->files = (struct cached_files){ now->at, nr, nr };
	for (size_t i = nr; i < now->nr; i++)
		if (now->at[i].doc > 0)
			vec_push(index->a, &index->files, now->at[i]);
}

/* What another database knew. */
static void forget_index(struct index *index)
{
	for (size_t i = 0; i < index->now.nr; i++) {
		struct cached_file *file = &index->now.at[i];

		file->doc = 0;
		if (index_is_of_work_tree(index))
			file->blob = (struct oid){ { 0 } };
	}
}

void index_fill(struct index *index, struct diags *diags)
{
	struct filling f = { .index = index,
			     .diags = diags,
			     .parts = index->parts };

	if (index->flags & INDEX_BLOBS)
		return;
	if (!oid_is_zero(&index->tree) && listing_load(index)) {
		keep_readable(index);
		return;
	}
	if (!oid_is_zero(&index->tree) && !index->listed) {
		err_free(index->unwalked);
		index->unwalked = index_list_commit(index);
		index->listed = true;
	}
	forget_index(index);
	if (f.parts) {
		stat_cache_carry(&index->now, &f.parts->before.files);
		file_table_share_out(f.parts);
	} else {
		find_known_file(&f);
	}
	take_in(&f);
	keep_readable(index);
	if (!oid_is_zero(&index->tree) && !index->unwalked &&
	    index->files.nr == index->now.nr) {
		begin_writing(&f);
		listing_save(index);
	}
	end_writing(&f);
	finalize(&f);
}

/* Whether a file still is the text that it was. */
static bool is_same_file(const struct index *index,
			 const struct cached_file *file)
{
	struct ingest item = { .path = file->path, .blob = file->blob };
	struct arena arena = ARENA_INIT;
	struct diags ignored = { .arena = &arena };
	bool same;

	ingest_read(&item, 1, &arena, &ignored, index->repo, index->policy);
	same = item.same;
	ingest_release(&item, 1);
	arena_release(&arena);
	return same;
}

size_t index_unread(struct index *index)
{
	struct file_table parts;
	size_t count = 0;

	file_table_load(&parts, index);
	stat_cache_carry(&index->now, &parts.before.files);
	for (size_t i = 0; i < index->now.nr; i++)
		count += !index->now.at[i].doc ||
			 (index->now.at[i].doc < 0 &&
			  !is_same_file(index, &index->now.at[i]));
	return count;
}

/* --- any blobs --- */

/* Both are sorted by blob: one pass over the table finds all of them. */
static void find_docs(struct index *index, const struct oids *blobs,
		      int64_t *docs)
{
	sqlite3_stmt *rows = db_prepare(
		&index->db, "SELECT blob, id FROM doc WHERE sections = ?1"
			    " ORDER BY blob");
	size_t i = 0;

	if (rows)
		sqlite3_bind_int64(rows, 1, index->sections);
	memset(docs, 0, blobs->nr * sizeof(*docs));
	while (i < blobs->nr && db_step(&index->db, rows)) {
		const void *blob = sqlite3_column_blob(rows, 0);
		int order = -1;

		if (!blob)
			index->db.failure = SQLITE_NOMEM;
		while (blob && i < blobs->nr && order < 0) {
			order = memcmp(blobs->at[i].raw, blob, OID_RAW);
			if (!order)
				docs[i] = sqlite3_column_int64(rows, 1);
			i += order <= 0;
		}
	}
	sqlite3_finalize(rows);
}

static void take_blobs(struct filling *f, const struct oids *blobs,
		       const size_t *missing, size_t nr, int64_t *docs)
{
	struct index *index = f->index;
	struct ingest *items = mem_calloc(nr, sizeof(*items));
	size_t *at = mem_calloc(nr, sizeof(*at)), kept = 0;
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < nr; i++) {
		items[kept] = (struct ingest){ .blob = blobs->at[missing[i]] };
		read_blob(&items[kept], f, &arena, NULL);
		if (items[kept].bytes)
			at[kept++] = missing[i];
	}
	ingest_read(items, kept, &arena, f->diags, index->repo, index->policy);
	for (size_t i = 0; i < kept; i++)
		docs[at[i]] = put_in(f, &items[i], false);
	ingest_release(items, kept);
	free(items);
	free(at);
	arena_release(&arena);
}

void index_fill_blobs(struct index *index, const struct oids *blobs,
		      int64_t *docs)
{
	struct diags diags = { .arena = index->a };
	struct filling f = { .index = index, .diags = &diags };
	size_t *missing = mem_calloc(blobs->nr + 1, sizeof(*missing)), nr = 0;
	struct progress progress;

	find_docs(index, blobs, docs);
	for (size_t i = 0; i < blobs->nr; i++)
		if (!docs[i])
			missing[nr++] = i;
	progress_start(&progress, N_("Indexing"), nr);
	for (size_t i = 0; i < nr && index->db.failure == SQLITE_OK;
	     i += BATCH) {
		take_blobs(&f, blobs, missing + i,
			   nr - i < BATCH ? nr - i : BATCH, docs);
		if (i / BATCH % (TRANSACTION / BATCH) == 0)
			end_writing(&f);
		progress_step(&progress, i);
	}
	progress_stop(&progress);
	end_writing(&f);
	finalize(&f);
	free(missing);
}
