/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the index keeps of a work tree's files (files.h): some hundred in a row
 * of their own, so that a change of one costs the same however many there are;
 * and of its folders. Two processes may write the rows of one work tree in
 * turns, each as it saw the files: whatever stands there was true of a file
 * with those times. That the rows hold all files there are is known only where
 * nobody came between, so only then folders are kept.
 */
#ifndef STORE_PARTS_H
#define STORE_PARTS_H

#include "store/index_db.h"

/* Files that are written as one row. Numbers in `before`, and in the index's
 * files of now. */
struct part {
	const char *first; /* of its row; NULL: it has none yet */
	size_t was, was_to;
	size_t from, to;
};

struct parts {
	struct index *index;
	struct listing before; /* as it was written last */
	struct part *at;
	size_t nr, cap;
	size_t saved;        /* parts before this one are as they should be */
	int64_t place, turn; /* as often as it was written to */
	bool between;        /* another process wrote to it since */
};

void parts_load(struct parts *parts, struct index *index);

/* Shares the files of now out to the parts of before; one that has grown too
 * large goes on as several. */
void parts_share_out(struct parts *parts);

/* Whether there is a part to be saved among those whose files all lie before
 * number `known`; parts_save() saves it, in a transaction that writes. */
bool parts_next(struct parts *parts, size_t known);
void parts_save(struct parts *parts);

/* The same for the folders, once all parts are saved. */
bool parts_lack_folders(const struct parts *parts);
void parts_save_folders(struct parts *parts);

#endif
