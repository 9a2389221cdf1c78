/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tables of the index. Each has a version, which is raised by hand when
 * what is written to its rows changes: an index of other versions is made anew
 * (tests/unit/test_tables.c fails where that was forgotten). So it is for other
 * fields (model/field.h) by themselves. Other changes of the sources leave a
 * user's index alone.
 */
#ifndef INDEX_TABLES_H
#define INDEX_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "index/db.h"

struct index_table {
	const char *name;
	int version;
	const char *schema;
};
extern const struct index_table index_tables[];
extern const size_t index_table_count;

/* One number for all versions and fields, from 1 to 2^31 - 1. */
int32_t tables_version(void);
/* Makes all tables; problems are in `db`. */
void tables_make(struct db *db);
/* Whether the file has these and nothing else: whoever can write it can give
 * it the right sums and the right version, and a view or a trigger. */
bool tables_are_ours(struct db *db);

/* The name of a column of `words`, by its number (index/ingest.h). */
void tables_add_column(struct buf *out, int column);
/* Puts the words of a row in, or takes them out: of ?1 the id, from ?2 on the
 * columns. NULL after a failure; to be finalized. */
sqlite3_stmt *tables_prepare_words(struct db *db, bool remove);

#endif
