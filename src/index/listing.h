/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The retros of a commit, by the id of the folder they lie in: as long as that
 * is the same, nothing below it is walked again.
 */
#ifndef INDEX_LISTING_H
#define INDEX_LISTING_H

#include "index/internal.h"

/* The id of the folder in the index's commit; false if there is none, or if
 * nobody can tell. */
bool listing_tree(struct oid *out, const struct index *index);

/* Fills index->now, each file with its text and without its blob; false if the folder is not known.
 * Within a transaction. */
bool listing_load(struct index *index);

/* Keeps index->now for the next time, in a transaction that writes. The few
 * that were kept last stay. */
void listing_save(struct index *index);

/* Forgets all of them: texts were taken out. */
void listing_forget(struct db *db);

#endif
