/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Texts on their way into the index: read, named by their blob id, parsed, and
 * sorted into the columns that are searched. All of it on all processors.
 */
#ifndef INDEX_INGEST_H
#define INDEX_INGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "git/oid.h"
#include "git/repo.h"
#include "model/diag.h"
#include "model/policy.h"
#include "model/section.h"

/* What is searched: the text outside of known sections (SECTION_NONE), each
 * section by its key, and the title. */
#define COLUMN_TITLE SECTION_COUNT
#define COLUMNS      (SECTION_COUNT + 1)

struct ingest {
	const char *path; /* of the work tree, to be read; NULL: `bytes` are
			   * given, and `blob` is their id */
	struct oid blob;  /* of a file: what it was */
	bool read;        /* false: it cannot be, and that is reported */
	bool same;        /* it is still that blob; nothing more is known */
	const char *bytes;
	size_t n;
	uint32_t id;      /* of a file: checksum_text() of its retro's id */
	struct buf facts; /* index/codec.h */
	struct buf columns[COLUMNS];
};

/* `items` are zeroed but for what is given. What is read lies in the arena;
 * the buffers are the caller's: ingest_release(). `diags` gets what could not
 * be read, and nothing about what it says. */
void ingest_read(struct ingest *items, size_t nr, struct arena *a,
		 struct diags *diags, const struct repo *repo,
		 const struct policy *policy);
void ingest_release(struct ingest *items, size_t nr);

#endif
