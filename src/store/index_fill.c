/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/index_db.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/progress.h"
#include "git/tree.h"
#include "store/parallel.h"

/* Texts that are read before they are put in, and those that are put in by one
 * transaction: what is lost when we are stopped. */
#define BATCH       1024
#define TRANSACTION 4096

/* Files of a part, once it is parted; up to twice as many stay together. */
#define PART 256

/* A part of a work tree's files: its rows are written as one. */
struct part {
	const char *first; /* of its row; NULL: it has none yet */
	size_t was, was_to;
	size_t from, to;
};

struct filling {
	struct index *index;
	struct diags *diags;
	struct files before;
	struct VEC_OF(struct part) parts;
	size_t saved; /* parts before this one are as they should be */
	int64_t place;

	bool writing;
	size_t added; /* texts, in this transaction */
	int64_t next; /* doc */
	sqlite3_stmt *find, *add_doc, *set_found, *add_text, *add_facts,
		*add_body, *add_words;
};

static bool is_work_tree(const struct index *index)
{
	return !index->commit && repo_work_tree(index->repo);
}

/* --- listing --- */

static struct err *list_commit(struct index *index)
{
	struct tree_entries entries = { 0 };
	struct err *e;

	if (!index->commit)
		return NULL;
	e = tree_list(&entries, index->a, index->repo, index->commit,
		      index->policy->dir);
	for (size_t i = 0; !e && i < entries.nr; i++)
		if (retro_is_path(entries.at[i].path))
			vec_push(index->a, &index->now,
				 (struct file){ .path = entries.at[i].path,
						.blob = entries.at[i].blob });
	return e;
}

struct err *index_list(struct index *index, struct diags *diags)
{
	const char *dir = index->policy->dir;
	struct err *e;

	if (!is_work_tree(index))
		return list_commit(index);
	e = files_list(&index->now, index->a, index->repo, dir);
	if (e)
		diag_add(diags, "file", dir, (struct pos){ 0 }, e->hint, "%s",
			 e->text);
	err_free(e);
	return NULL;
}

/* --- the parts of a work tree --- */

/* Two work trees of one repository, and one with another `dir`, are two. */
static const char *place_name(const struct index *index)
{
	return arena_printf(index->a, "%s\n%s\n%s\n%lld",
			    repo_git_dir(index->repo),
			    repo_work_tree(index->repo), index->policy->dir,
			    (long long)index->sections);
}

static void bind_text(sqlite3_stmt *stmt, int number, const char *text)
{
	if (stmt)
		sqlite3_bind_text(stmt, number, text, -1, SQLITE_STATIC);
}

static void load_rows(struct filling *f, sqlite3_stmt *rows)
{
	struct index *index = f->index;

	while (db_step(&index->db, rows)) {
		struct part part = { .was = f->before.nr };
		const char *first = (const char *)sqlite3_column_text(rows, 1);
		size_t n = (size_t)sqlite3_column_bytes(rows, 2);
		const void *bytes = sqlite3_column_blob(rows, 2);

		f->place = sqlite3_column_int64(rows, 0);
		part.first = arena_strdup(index->a, first ? first : "");
		if (!bytes ||
		    !files_unpack(&f->before, index->a,
				  arena_strndup(index->a, bytes, n), n))
			index->db.failure = SQLITE_CORRUPT;
		part.was_to = f->before.nr;
		vec_push(index->a, &f->parts, part);
	}
}

static void load_parts(struct filling *f)
{
	struct index *index = f->index;
	const char *name = place_name(index);
	sqlite3_stmt *rows = db_prepare(
		&index->db, "SELECT place.id, first, files FROM place"
			    " JOIN part ON part.place = place.id"
			    " WHERE name = ?1 ORDER BY first");

	bind_text(rows, 1, name);
	files_reserve(&f->before, index->a, index->now.nr);
	load_rows(f, rows);
	sqlite3_finalize(rows);
}

static size_t first_from(const struct files *files, const char *path)
{
	size_t low = 0, high = files->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(files->at[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Shares the files of now out to the parts of before; a part that has grown too
 * large goes on as several. */
static void share_out(struct filling *f)
{
	struct arena *a = f->index->a;
	const struct files *now = &f->index->now;
	struct VEC_OF(struct part) old = { f->parts.at, f->parts.nr, 0 };

	f->parts.at = NULL;
	f->parts.nr = f->parts.cap = 0;
	if (!old.nr)
		vec_push(a, &old, (struct part){ 0 });
	for (size_t i = 0; i < old.nr; i++) {
		struct part part = old.at[i];
		size_t end = i + 1 < old.nr
				     ? first_from(now, old.at[i + 1].first)
				     : now->nr;

		part.from = i ? first_from(now, part.first) : 0;
		part.to = end;
		if (end - part.from > 2 * PART)
			part.to = part.from + PART;
		vec_push(a, &f->parts, part);
		for (size_t at = part.to; at < end; at += PART)
			vec_push(a, &f->parts,
				 (struct part){ .from = at,
						.to = end - at > PART
							      ? at + PART
							      : end });
	}
}

static bool is_saved(const struct filling *f, const struct part *part)
{
	const struct files *now = &f->index->now;

	if (part->to - part->from != part->was_to - part->was)
		return false;
	for (size_t i = part->from, j = part->was; i < part->to; i++, j++)
		if (strcmp(now->at[i].path, f->before.at[j].path) ||
		    !file_is_same(&now->at[i], &f->before.at[j]))
			return false;
	return true;
}

/* --- writing --- */

/* Ends the transaction that reads, and begins one that writes. */
static void begin_writing(struct filling *f)
{
	struct db *db = &f->index->db;

	if (f->writing)
		return;
	db_wait(db, WAIT_WRITE_MS);
	db_run(db, "COMMIT; BEGIN IMMEDIATE");
	f->next = db_number(db, "SELECT max(id) FROM text") + 1;
	f->writing = true;
	f->added = 0;
}

/* Ends it, and begins one that reads. */
static void end_writing(struct filling *f)
{
	if (!f->writing)
		return;
	db_run(&f->index->db, "COMMIT; BEGIN");
	db_wait(&f->index->db, WAIT_MS);
	f->writing = false;
}

static void find_place(struct filling *f)
{
	struct db *db = &f->index->db;
	const char *name = place_name(f->index);
	sqlite3_stmt *add, *find;

	if (f->place)
		return;
	add = db_prepare(db, "INSERT OR IGNORE INTO place(name, git_dir)"
			     " VALUES(?1, ?2)");
	bind_text(add, 1, name);
	bind_text(add, 2, repo_git_dir(f->index->repo));
	db_do(db, add);
	sqlite3_finalize(add);
	find = db_prepare(db, "SELECT id FROM place WHERE name = ?1");
	bind_text(find, 1, name);
	if (db_step(db, find))
		f->place = sqlite3_column_int64(find, 0);
	sqlite3_finalize(find);
}

static void save_part(struct filling *f, const struct part *part)
{
	struct db *db = &f->index->db;
	const struct file *first = f->index->now.at + part->from;
	sqlite3_stmt *drop = db_prepare(
		db, "DELETE FROM part WHERE place = ?1 AND first = ?2");
	sqlite3_stmt *add = db_prepare(
		db, "INSERT OR REPLACE INTO part(place, first, files)"
		    " VALUES(?1, ?2, ?3)");
	struct buf bytes = BUF_INIT;

	if (drop && part->first) {
		sqlite3_bind_int64(drop, 1, f->place);
		bind_text(drop, 2, part->first);
		db_do(db, drop);
	}
	files_pack(&bytes, first, part->to - part->from);
	if (add && bytes.n) {
		sqlite3_bind_int64(add, 1, f->place);
		bind_text(add, 2, first->path);
		sqlite3_bind_blob(add, 3, bytes.p, (int)bytes.n, SQLITE_STATIC);
		db_do(db, add);
	}
	sqlite3_finalize(drop);
	sqlite3_finalize(add);
	buf_release(&bytes);
}

/* Of the parts whose files are all known: those before number `known`. */
static void save_parts(struct filling *f, size_t known)
{
	for (; f->saved < f->parts.nr; f->saved++) {
		const struct part *part = &f->parts.at[f->saved];

		if (part->to > known)
			break;
		if (is_saved(f, part))
			continue;
		begin_writing(f);
		find_place(f);
		save_part(f, part);
	}
}

/* --- texts --- */

static void prepare(struct filling *f)
{
	struct db *db = &f->index->db;

	f->find = db_prepare(db, "SELECT id, found, size FROM doc"
				 " WHERE blob = ?1 AND sections = ?2");
	f->add_doc = db_prepare(db, "INSERT INTO doc VALUES(?1, ?2, ?3, ?4,"
				    " ?5, ?6)");
	f->set_found = db_prepare(db, "UPDATE doc SET found = 1"
				      " WHERE blob = ?1 AND sections = ?2");
	f->add_text = db_prepare(db, "INSERT INTO text VALUES(?1, ?2)");
	f->add_facts = db_prepare(db, "INSERT INTO facts VALUES(?1, ?2)");
	f->add_body = db_prepare(db, "INSERT INTO body VALUES(?1, ?2)");
	f->add_words = db_prepare(
		db, "INSERT INTO words(rowid, text, summary, timeline, impact,"
		    " difficulties, causes, solutions, pitfalls, went_well,"
		    " improvements, actions, title) VALUES(?1, ?2, ?3, ?4, ?5,"
		    " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
}

static void finalize(struct filling *f)
{
	sqlite3_finalize(f->find);
	sqlite3_finalize(f->add_doc);
	sqlite3_finalize(f->set_found);
	sqlite3_finalize(f->add_text);
	sqlite3_finalize(f->add_facts);
	sqlite3_finalize(f->add_body);
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

static void put_words(struct filling *f, int64_t doc, const struct intake *item)
{
	if (!f->add_words)
		return;
	sqlite3_bind_int64(f->add_words, 1, doc);
	for (int i = 0; i < COLUMNS; i++)
		sqlite3_bind_text(f->add_words, i + 2, item->columns[i].p,
				  (int)item->columns[i].n, SQLITE_STATIC);
	db_do(&f->index->db, f->add_words);
}

static int64_t add_text(struct filling *f, const struct intake *item,
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
	put_blob(db, f->add_body, doc, item->body.p, item->body.n);
	return doc;
}

/* What another file or process has put in already is found. */
static int64_t put_in(struct filling *f, const struct intake *item, bool search)
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
		doc = add_text(f, item, search);
	if (search && !found) {
		put_words(f, doc, item);
		f->added++;
	}
	return doc;
}

/* --- a place --- */

/* The texts of a revision. One that is missing, as in a partial clone, is
 * told; `item` then has no bytes. */
static void read_blob(struct intake *item, struct filling *f, struct arena *a,
		      const char *path)
{
	struct buf b = BUF_INIT;
	struct err *e = tree_blob(&b, f->index->repo, &item->blob, FILE_MAX);

	if (!e) {
		item->bytes = arena_strndup(a, b.p, b.n);
		item->n = b.n;
	} else if (path) {
		diag_add(f->diags, "file", path, (struct pos){ 0 }, e->hint,
			 "%s", e->text);
	}
	err_free(e);
	buf_release(&b);
}

static bool searches(const struct index *index)
{
	return is_work_tree(index) || index->flags & INDEX_SEARCH;
}

static void settle(struct filling *f, struct file *file,
		   const struct intake *item)
{
	if (!item->read) {
		file->doc = 0;
		file->settled = false;
	} else if (item->same) {
		file->doc = -file->doc;
	} else {
		file->blob = item->blob;
		file->doc = put_in(f, item, searches(f->index));
		file->bytes = item->n;
	}
}

static size_t next_unknown(const struct files *files, size_t at)
{
	while (at < files->nr && files->at[at].doc > 0)
		at++;
	return at;
}

/* Texts that are read while those before them are put in. */
struct batch {
	struct index *index;
	struct intake items[BATCH];
	struct file *files[BATCH];
	size_t nr;
	size_t end; /* of the place's files; behind it nothing is known */
	struct arena arena;
	struct diags diags;
	struct beside reading;
};

static void read_batch(void *data)
{
	struct batch *batch = data;

	intake_read(batch->items, batch->nr, &batch->arena, &batch->diags,
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
		struct file *file = &index->now.at[at];
		struct intake item = { .blob = file->blob };

		if (is_work_tree(index))
			item.path = file->path;
		else
			read_blob(&item, f, &batch->arena, file->path);
		batch->items[batch->nr] = item;
		batch->files[batch->nr] = file;
		batch->nr += item.path || item.bytes;
		at = next_unknown(&index->now, at + 1);
	}
	batch->end = at;
	parallel_begin(&batch->reading, read_batch, batch);
	return batch;
}

static void end_batch(struct filling *f, struct batch *batch)
{
	for (size_t i = 0; i < batch->nr; i++)
		settle(f, batch->files[i], &batch->items[i]);
	for (size_t i = 0; i < batch->diags.nr; i++)
		vec_push(f->diags->arena, f->diags, batch->diags.at[i]);
	intake_release(batch->items, batch->nr);
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

	progress_start(&progress, "Indexing", index->now.nr);
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
	if (f->writing && is_work_tree(index))
		index_sweep(index);
	progress_stop(&progress);
}

static void find_known(struct filling *f)
{
	struct files *now = &f->index->now;

	for (size_t i = 0; i < now->nr; i++) {
		bool found;
		int64_t doc = find_doc(f, &now->at[i].blob, &found,
				       &now->at[i].bytes);

		if (found || !searches(f->index))
			now->at[i].doc = doc;
	}
}

/* Mostly all of them; then the list is the same, and only what is added behind
 * it would be a copy. */
static void keep_readable(struct index *index)
{
	const struct files *now = &index->now;
	size_t nr = 0;

	while (nr < now->nr && now->at[nr].doc > 0)
		nr++;
	index->files = (struct files){ now->at, nr, nr };
	for (size_t i = nr; i < now->nr; i++)
		if (now->at[i].doc > 0)
			vec_push(index->a, &index->files, now->at[i]);
}

/* What another database knew. */
static void forget(struct index *index)
{
	for (size_t i = 0; i < index->now.nr; i++) {
		struct file *file = &index->now.at[i];

		file->doc = 0;
		if (is_work_tree(index))
			file->blob = (struct oid){ { 0 } };
	}
}

void index_fill(struct index *index, struct diags *diags)
{
	struct filling f = { .index = index, .diags = diags };

	db_run(&index->db, "BEGIN");
	if (index->flags & INDEX_BLOBS)
		return;
	prepare(&f);
	forget(index);
	if (is_work_tree(index)) {
		load_parts(&f);
		files_carry(&index->now, &f.before);
		share_out(&f);
	} else {
		find_known(&f);
	}
	take_in(&f);
	end_writing(&f);
	finalize(&f);
	keep_readable(index);
}

/* Whether a file still is the text that it was. */
static bool is_same(const struct index *index, const struct file *file)
{
	struct intake item = { .path = file->path, .blob = file->blob };
	struct arena arena = ARENA_INIT;
	struct diags ignored = { .arena = &arena };
	bool same;

	intake_read(&item, 1, &arena, &ignored, index->repo, index->policy);
	same = item.same;
	intake_release(&item, 1);
	arena_release(&arena);
	return same;
}

size_t index_unread(struct index *index)
{
	struct filling f = { .index = index };
	size_t count = 0;

	load_parts(&f);
	files_carry(&index->now, &f.before);
	for (size_t i = 0; i < index->now.nr; i++)
		count += !index->now.at[i].doc ||
			 (index->now.at[i].doc < 0 &&
			  !is_same(index, &index->now.at[i]));
	return count;
}

/* --- any blobs --- */

static void take_blobs(struct filling *f, const struct oids *blobs,
		       const size_t *missing, size_t nr, int64_t *docs)
{
	struct index *index = f->index;
	struct intake *items = mem_calloc(nr, sizeof(*items));
	size_t *at = mem_calloc(nr, sizeof(*at)), kept = 0;
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < nr; i++) {
		items[kept] = (struct intake){ .blob = blobs->at[missing[i]] };
		read_blob(&items[kept], f, &arena, NULL);
		if (items[kept].bytes)
			at[kept++] = missing[i];
	}
	intake_read(items, kept, &arena, f->diags, index->repo, index->policy);
	for (size_t i = 0; i < kept; i++)
		docs[at[i]] = put_in(f, &items[i], false);
	intake_release(items, kept);
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
	bool found;
	uint64_t size;

	prepare(&f);
	for (size_t i = 0; i < blobs->nr; i++) {
		docs[i] = find_doc(&f, &blobs->at[i], &found, &size);
		if (!docs[i])
			missing[nr++] = i;
	}
	progress_start(&progress, "Indexing", nr);
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
