/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/index.h"

#include <pthread.h>
#include <string.h>

#include "index/cursor.h"
#include "index/internal.h"
#include "index/parallel.h"

/* Fewer texts than these are not worth another reader. */
#define SHARE_MIN 2000

struct texts {
	const struct index_reader *reader;
	void *data;
	const struct oids *blobs; /* NULL: of the files */
};

/* By doc, and what has the same doc as it came: a byte of the number at a time,
 * since there can be very many. */
static void sort_docs(struct arena *a, struct index_doc *docs, size_t nr)
{
	struct index_doc *from = docs, *to = arena_alloc(a, nr * sizeof(*to));
	int64_t bits = 0;

	for (size_t i = 0; i < nr; i++)
		bits |= docs[i].doc;
	for (int shift = 0; shift < 63 && bits >> shift; shift += 8) {
		size_t starts[257] = { 0 };
		struct index_doc *swap = from;

		for (size_t i = 0; i < nr; i++)
			starts[(from[i].doc >> shift & 0xff) + 1]++;
		for (size_t i = 1; i < 257; i++)
			starts[i] += starts[i - 1];
		for (size_t i = 0; i < nr; i++)
			to[starts[from[i].doc >> shift & 0xff]++] = from[i];
		from = to;
		to = swap;
	}
	if (from != docs && nr)
		memcpy(docs, from, nr * sizeof(*docs));
}

static bool is_docs_sorted(const struct index_doc *docs, size_t nr)
{
	for (size_t i = 1; i < nr; i++)
		if (docs[i - 1].doc > docs[i].doc)
			return false;
	return true;
}

/* They mostly are already: texts are put in by path. */
static void put_texts_in_order(struct arena *a, struct index_doc *docs,
			       size_t nr)
{
	if (!is_docs_sorted(docs, nr))
		sort_docs(a, docs, nr);
}

struct index_doc *index_docs(struct index *index)
{
	const struct cached_files *files = &index->files;
	struct index_doc *docs =
		arena_alloc(index->a, (files->nr + 1) * sizeof(*docs));

	for (size_t i = 0; i < files->nr; i++)
		docs[i] = (struct index_doc){ files->at[i].doc, i };
	put_texts_in_order(index->a, docs, files->nr);
	return docs;
}

/* --- reading --- */

/* Some of the docs, told by one thread through a connection of its own. */
struct share {
	const struct index *index;
	const struct texts *texts;
	const struct index_doc *docs;
	size_t nr, number;
	struct db own;
	struct db *db; /* `own`, or the index's */
	bool shut;     /* it could not be had */
	struct beside beside;
};

/* One after the other through the table: neighbours lie on one page. */
static void tell_share(struct share *share)
{
	const struct index_reader *reader = share->texts->reader;
	struct db *db = share->db;
	struct cursor texts;
	bool more = true;

	cursor_open(&texts, db, "text");
	for (size_t i = 0; more && i < share->nr; i++) {
		size_t n;
		const char *bytes =
			cursor_bytes(&texts, share->docs[i].doc, &n);

		more = bytes && reader->text(share->texts->data, share->number,
					     share->docs[i].number, bytes, n);
	}
	cursor_close(&texts);
}

/* One lock for all of it. A process that waits for us to go, so that it can
 * write, lets nobody else in. */
static void tell_beside(void *data)
{
	struct share *share = data;

	share->db = &share->own;
	share->shut = !db_open(share->db, share->index->path, 0) ||
		      !db_run(share->db, "BEGIN; SELECT 1 FROM sqlite_schema");
	if (!share->shut)
		tell_share(share);
	db_close(share->db);
}

/* How many readers are worth it. One in memory has no second door. */
static size_t count_shares(const struct index *index, size_t nr)
{
	size_t shares = parallel_workers(nr / SHARE_MIN);

	if (index->in_memory || !shares)
		return 1;
	return shares < INDEX_SHARES ? shares : INDEX_SHARES;
}

/* Waits for a reader. What one meets all have met: a failure is the index's. */
static void end_share(struct index *index, struct share *share)
{
	parallel_end(&share->beside);
	if (index->db.failure != SQLITE_OK)
		return;
	if (share->shut) {
		share->db = &index->db;
		tell_share(share);
	} else {
		index->db.failure = share->own.failure;
	}
}

static void tell_texts(struct index *index, const struct texts *texts,
		       const struct index_doc *docs, size_t nr)
{
	struct share shares[INDEX_SHARES] = { 0 };
	size_t count = count_shares(index, nr);

	texts->reader->start(texts->data);
	for (size_t i = 0; i < count; i++) {
		size_t from = nr * i / count, to = nr * (i + 1) / count;

		shares[i] = (struct share){ .index = index,
					    .texts = texts,
					    .docs = docs + from,
					    .nr = to - from,
					    .number = i,
					    .db = &index->db };
		if (i)
			parallel_begin(&shares[i].beside, tell_beside,
				       &shares[i]);
	}
	tell_share(&shares[0]);
	for (size_t i = 1; i < count; i++)
		end_share(index, &shares[i]);
}

/* --- which texts --- */

static void tell_files(struct index *index, void *data)
{
	tell_texts(index, data, index_docs(index), index->files.nr);
}

struct err *index_texts(struct index *index, const struct index_reader *reader,
			void *data)
{
	struct texts texts = { reader, data, NULL };

	return index_do(index, tell_files, &texts);
}

static void tell_blobs(struct index *index, void *data)
{
	const struct texts *texts = data;
	const struct oids *blobs = texts->blobs;
	int64_t *ids = arena_alloc(index->a, (blobs->nr + 1) * sizeof(*ids));
	struct index_doc *docs =
		arena_alloc(index->a, (blobs->nr + 1) * sizeof(*docs));
	size_t nr = 0;

	index_fill_blobs(index, blobs, ids);
	for (size_t i = 0; i < blobs->nr; i++)
		if (ids[i])
			docs[nr++] = (struct index_doc){ ids[i], i };
	put_texts_in_order(index->a, docs, nr);
	tell_texts(index, texts, docs, nr);
}

struct err *index_blobs(struct index *index, const struct oids *blobs,
			const struct index_reader *reader, void *data)
{
	struct texts texts = { reader, data, blobs };

	return index_do(index, tell_blobs, &texts);
}
