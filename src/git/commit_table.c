/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/commit_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static uint64_t id_value(const struct oid *id)
{
	uint64_t value;

	memcpy(&value, id->raw, sizeof(value));
	return value;
}

static uint64_t row_value(const struct commit_row *row, enum commit_key key)
{
	switch (key) {
	case COMMIT_BY_ID:
		break;
	case COMMIT_BY_CHANGE:
		return row->change;
	case COMMIT_BY_TITLE:
		return row->title;
	case COMMIT_BY_NUMBER:
		return row->number;
	}
	return id_value(&row->id);
}

static size_t bucket_of(const struct commit_table *table, uint64_t value)
{
	return (value ^ value >> 32) & (table->buckets - 1);
}

/* From the last row on, so that the chains are in the order of the rows. */
static void chain_rows(struct commit_table *table, enum commit_key key)
{
	uint32_t *first = mem_alloc(table->buckets * sizeof(*first));
	uint32_t *next = mem_alloc((table->nr + 1) * sizeof(*next));

	memset(first, 0xff, table->buckets * sizeof(*first));
	for (size_t i = table->nr; i-- > 0;) {
		uint64_t value = row_value(&table->at[i], key);
		size_t bucket = bucket_of(table, value);

		if (!value)
			continue;
		next[i] = first[bucket];
		first[bucket] = (uint32_t)i;
	}
	table->first[key] = first;
	table->next[key] = next;
}

void commit_table_index(struct commit_table *table, unsigned keys)
{
	table->buckets = 64;
	while (table->buckets < table->nr)
		table->buckets *= 2;
	for (int key = 0; key < COMMIT_KEYS; key++)
		if (keys >> key & 1)
			chain_rows(table, (enum commit_key)key);
}

void commit_table_release(struct commit_table *table)
{
	for (int key = 0; key < COMMIT_KEYS; key++) {
		free(table->first[key]);
		free(table->next[key]);
		table->first[key] = table->next[key] = NULL;
	}
}

uint32_t commit_table_next(const struct commit_table *table,
			   enum commit_key key, uint64_t value, uint32_t row)
{
	if (!value)
		return COMMIT_ROW_NONE;
	row = row == COMMIT_ROW_NONE
		      ? table->first[key][bucket_of(table, value)]
		      : table->next[key][row];
	while (row != COMMIT_ROW_NONE &&
	       row_value(&table->at[row], key) != value)
		row = table->next[key][row];
	return row;
}

uint32_t commit_table_find(const struct commit_table *table,
			   const struct oid *id)
{
	uint64_t value = id_value(id);
	uint32_t row = COMMIT_ROW_NONE;

	do
		row = commit_table_next(table, COMMIT_BY_ID, value, row);
	while (row != COMMIT_ROW_NONE && !oid_equal(&table->at[row].id, id));
	return row;
}
