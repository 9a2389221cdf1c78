/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/ingest.h"

#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "base/file.h"
#include "git/object.h"
#include "index/codec.h"
#include "index/parallel.h"
#include "index/searchable.h"
#include "index/work_tree.h"
#include "model/body.h"
#include "model/read.h"

struct reading {
	struct ingest *items;
	const struct repo *repo;
	const struct policy *policy;
};

static bool read_intake_bytes(struct ingest *item, struct arena *a,
			      struct diags *diags, const struct repo *repo)
{
	struct buf b = BUF_INIT;
	struct err *e = work_tree_read(&b, a, repo, item->path);
	struct oid was = item->blob;

	if (e) {
		diag_add(diags, RULE_FILE, item->path, (struct pos){ 0 },
			 e->hint, "%s", e->text);
	} else {
		item->n = b.n;
		item->bytes = arena_strndup(a, b.p, b.n);
		object_blob_id(&item->blob, repo, b.p, b.n);
		item->same = oid_equal(&was, &item->blob);
	}
	err_free(e);
	buf_release(&b);
	return !e;
}

/* What is sought goes into one column each; the title is there a second time. */
static void fill_columns(struct ingest *item, struct arena *a,
			 const struct retro *retro)
{
	const char *text = searchable_text(a, retro);
	struct searchable_parts parts = { 0 };

	searchable_split(&parts, a, retro);
	for (size_t i = 0; i < parts.nr; i++) {
		const struct searchable_part *part = &parts.at[i];

		buf_add(&item->columns[part->column], text + part->from,
			part->to - part->from);
	}
	if (retro->title)
		buf_addstr(&item->columns[COLUMN_TITLE], retro->title);
}

/* The same text can lie in many files: nothing of it may hang on one path. */
static void digest(struct ingest *item, struct arena *a,
		   const struct policy *policy)
{
	struct diags problems = { .arena = a };
	struct retro *retro =
		read_retro(a, &problems, "", item->bytes, item->n);

	body_read(retro, a, &problems, policy);
	codec_write(&item->facts, retro, &problems);
	fill_columns(item, a, retro);
	if (!item->path)
		return;
	retro->path = item->path;
	read_path(retro, a);
	item->id = checksum_text(retro->id);
}

static void read_intake_share(void *data, size_t from, size_t to,
			      struct arena *a, struct diags *diags)
{
	const struct reading *reading = data;

	for (size_t i = from; i < to; i++) {
		struct ingest *item = &reading->items[i];

		item->read = !item->path ||
			     read_intake_bytes(item, a, diags, reading->repo);
		if (item->read && !item->same)
			digest(item, a, reading->policy);
	}
}

void ingest_read(struct ingest *items, size_t nr, struct arena *a,
		 struct diags *diags, const struct repo *repo,
		 const struct policy *policy)
{
	struct reading reading = { items, repo, policy };

	for (size_t i = 0; i < nr; i++) {
		buf_init(&items[i].facts);
		for (size_t j = 0; j < COLUMNS; j++)
			buf_init(&items[i].columns[j]);
	}
	parallel_run(read_intake_share, &reading, nr, a, diags);
}

void ingest_release(struct ingest *items, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		buf_release(&items[i].facts);
		for (size_t j = 0; j < COLUMNS; j++)
			buf_release(&items[i].columns[j]);
	}
}
