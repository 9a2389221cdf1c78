/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a change can be known by wherever it was taken, for every commit of a
 * history: its author, date and title in one number, its title in another
 * (git/title.h), and the requests that it came by.
 */
#ifndef GIT_COMMIT_TABLE_H
#define GIT_COMMIT_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "git/oid.h"

struct commit_row {
	struct oid id;
	/* As struct title has them; of a merge, the number and the title of
	 * the request that it brought. */
	uint32_t number, of;
	uint64_t change, title; /* 0: it has none */
};

enum commit_key {
	COMMIT_BY_ID,
	COMMIT_BY_CHANGE,
	COMMIT_BY_TITLE,
	COMMIT_BY_NUMBER, /* its own */
};
#define COMMIT_KEYS (COMMIT_BY_NUMBER + 1)

struct commit_table {
	struct commit_row *at; /* the owner's */
	size_t nr;
	uint32_t *first[COMMIT_KEYS], *next[COMMIT_KEYS]; /* hash chains */
	size_t buckets;
};

#define COMMIT_ROW_NONE UINT32_MAX

/* Makes the chains of these keys (bits, 1 << COMMIT_BY_ID, ...), 8 to 16 bytes
 * a row each; only they can be asked for. To be released. */
void commit_table_index(struct commit_table *table, unsigned keys);
void commit_table_release(struct commit_table *table);

/* COMMIT_ROW_NONE if it is not there. */
uint32_t commit_table_find(const struct commit_table *table,
			   const struct oid *id);

/* The rows of one change, title or number, one after the other: `row` is the
 * last one, COMMIT_ROW_NONE at first and after the last. */
uint32_t commit_table_next(const struct commit_table *table,
			   enum commit_key key, uint64_t value, uint32_t row);

#endif
