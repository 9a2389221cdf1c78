/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of history, and the file in which that is kept: the inside of
 * history.h, for history.c alone. What a reader needs comes first in the file
 * and is used where it lies; what only more reading needs stands behind it.
 */
#ifndef GREP_HISTORY_FILE_H
#define GREP_HISTORY_FILE_H

#include "base/buf.h"
#include "git/repo.h"
#include "grep/versions.h"
#include "index/parallel.h"

/* A commit that changed retros. */
struct history_commit {
	struct oid id;
	int32_t zone;
	int64_t seconds; /* the author's */
	uint64_t round;  /* of reading */
};

enum history_what {
	HISTORY_GONE,
	HISTORY_CAME,
	HISTORY_LEFT, /* out, by a merge that took another side */
};

/* What happened to a text at a path. */
struct history_event {
	struct oid blob;
	uint32_t commit, path; /* numbers */
	uint32_t what;
};

#define HISTORY_NONE UINT32_MAX

struct history_row {
	struct oid blob;
	uint32_t path, first_path; /* numbers */
	uint32_t from, to; /* numbers of commits; `to` or HISTORY_NONE */
};

struct history_record {
	struct arena *a;
	struct repo *repo;
	struct strs dirs; /* the first one is that of now */
	struct buf key;   /* it, a NUL, and file_log_snapshot() */
	uint64_t round;
	struct oids tips; /* from which it was read */
	struct VEC_OF(struct history_commit) commits;
	struct VEC_OF(struct history_event) events; /* sorted by blob */
	struct strs paths;
	struct VEC_OF(struct history_row) rows; /* sorted by blob */
	struct history *history;
};

/* The file's bytes, read beside other work. */
struct history_bytes {
	const char *path;
	struct arena arena;
	const char *at;
	size_t n; /* 0: there are none, or they are not what was written */
	struct beside beside;
};
void history_file_begin(struct history_bytes *bytes, struct arena *a,
			const struct repo *repo);
/* Waits for them; they are in the record's arena then. */
void history_file_end(struct history_bytes *bytes, struct history_record *r);

/* Lays what the file knows into an empty record; false, and it is of no use
 * any more, if there is none or anything about it is odd. *current: nothing
 * changed since; then the record has no tips and events, else no places. */
bool history_file_read(struct history_record *r,
		       const struct history_bytes *bytes, bool *current);

/* One that is in use by another writer, who writes as much as we would, or that
 * cannot be written, is left as it is. */
void history_file_write(const struct history_record *r);

#endif
