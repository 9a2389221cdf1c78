/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inside of the index, for the files of this folder, and for search/, which
 * asks its words.
 */
#ifndef INDEX_INTERNAL_H
#define INDEX_INTERNAL_H

#include "index/db.h"
#include "index/index.h"
#include "index/ingest.h"

/* How long another process may keep us waiting for a lock, to read and to
 * write; then we do without its file. Who writes holds it for a second or so,
 * and what we wait for is work that we need not do. */
#define WAIT_MS       1000
#define WAIT_WRITE_MS 5000

struct file_table;

struct index {
	struct arena *a;
	struct repo *repo;
	const struct policy *policy;
	const struct oid *commit; /* NULL: the work tree */
	struct oid tree; /* of the folder in the commit; zero: nobody knows */
	unsigned flags;

	const char *path;
	struct db db;
	bool in_memory;
	int64_t sections; /* stands for the team's own names of sections */
	struct cached_files now; /* as listed; not all of them can be read */
	struct cached_files files;
	struct cached_files
		folders;       /* of a work tree, see index/stat_cache.h */
	bool listed;           /* `now` is */
	struct err *unwalked;  /* why a commit could not be listed */
	struct diags unlisted; /* what cannot be listed */
	struct file_table
		*parts; /* see index/file_table.h; NULL: it was not begun */
};

/* Something that is done with the database of an index that is open. Where the
 * database fails, it is done again on another one: so it starts by forgetting
 * what it did before. */
typedef void index_fn(struct index *index, void *data);
MUST_USE struct err *index_do(struct index *index, index_fn *fn, void *data);

/* A doc, and the number of its file. */
struct index_doc {
	int64_t doc;
	size_t number;
};
/* Those of all files, sorted by doc. */
struct index_doc *index_docs(struct index *index);

/* Within index_do(): surveys the files of these numbers (NULL: the first `nr`);
 * sees that a retro has its bytes. Less, or false, where the database fails. */
void index_survey(struct retros *out, struct index *index, struct diags *diags,
		  const size_t *numbers, size_t nr);
bool index_text(struct index *index, size_t file, struct retro *retro);

void index_init(struct index *out, struct arena *a, struct repo *repo,
		const struct policy *policy);

/* What index_ahead_begin() began, if it is of this place; ends it otherwise. */
void index_ahead_take(struct index *index);

/* Whether it is of the work tree. */
bool index_is_of_work_tree(const struct index *index);

/* Lists the files of the commit: index->now. */
MUST_USE struct err *index_list_commit(struct index *index);

/* Lists the work tree, once: what another database knew `before` does not make
 * it another list. What cannot be listed goes to index->unlisted. */
void index_list_work_tree(struct index *index, const struct stat_cache *before);

/* Opens the database, and makes its tables where it is new; false, with the
 * problem in index->db, if that cannot be done. */
bool index_open_db(struct index *index);

/* Opens the database and begins a transaction that reads; in a work tree, lists
 * what is there. Problems are in index->db. */
void index_begin(struct index *index);

/* Once it is begun: sees that each file that can be read is in the database:
 * index->files. Leaves a transaction open that sees them. Problems are in
 * index->db. */
void index_fill(struct index *index, struct diags *diags);

/* Within a transaction that writes: takes out the texts that no work tree has
 * any more, once there may be as many of them as the place has files. Those of
 * history, which no search looks at, stay; so does what came within a day, as
 * another process may be about to need it. */
void index_prune(struct index *index);

/* How many of the listed files the database does not know as they are. */
size_t index_unread(struct index *index);

/* The docs of the blobs, put in first where they are not yet; 0 for one that
 * cannot be read. Within that transaction. */
void index_fill_blobs(struct index *index, const struct oids *blobs,
		      int64_t *docs);

#endif
