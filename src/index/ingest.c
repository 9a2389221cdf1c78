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

/* The byte behind line `line`, counted from 1, from where line `*at_line`
 * begins at `*at`. */
static size_t skip_to_line(const struct retro *retro, size_t *at, int *at_line,
			   int line)
{
	while (*at_line < line && *at < retro->n) {
		const char *nl =
			memchr(retro->bytes + *at, '\n', retro->n - *at);

		*at = nl ? (size_t)(nl + 1 - retro->bytes) : retro->n;
		(*at_line)++;
	}
	return *at;
}

/* What is sought goes into one column each, whole lines together; the title is
 * there a second time. */
static void fill_columns(struct ingest *item, struct arena *a,
			 const struct retro *retro)
{
	const char *text = searchable_text(a, retro);
	const struct sections *sections = &retro->body->sections;
	size_t from = 0, at = 0;
	enum section_key key = SECTION_NONE;
	int line = 1;

	for (size_t i = 0; i <= sections->nr; i++) {
		size_t to = retro->n;

		if (i < sections->nr)
			to = skip_to_line(retro, &at, &line,
					  sections->at[i].line);
		buf_add(&item->columns[key], text + from, to - from);
		if (i < sections->nr)
			key = sections->at[i].key;
		from = to;
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
