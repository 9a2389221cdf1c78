/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the index keeps of a work tree's files (index/stat_cache.h): some
 * hundred in a row of their own, so that a change of one costs the same however
 * many there are; and of its folders. Two processes may write the rows of one
 * work tree in turns, each as it saw the files: whatever stands there was true
 * of a file with those times. That the rows hold all files there are is known
 * only where nobody came between, so only then folders are kept.
 */
#ifndef INDEX_FILE_TABLE_H
#define INDEX_FILE_TABLE_H

#include "index/internal.h"

/* Files that are written as one row. Numbers in `before`, and in the index's
 * files of now. */
struct table_part {
	const char *first; /* of its row; NULL: it has none yet */
	size_t was, was_to;
	size_t from, to;
};

struct file_table {
	struct index *index;
	struct stat_cache before; /* as it was written last */
	struct table_part *at;
	size_t nr, cap;
	size_t saved;        /* parts before this one are as they should be */
	int64_t place, turn; /* as often as it was written to */
	bool between;        /* another process wrote to it since */
};

void file_table_load(struct file_table *parts, struct index *index);

/* The same without the files: `place`, `turn` and the folders. */
void file_table_load_place(struct file_table *parts, struct index *index);
/* Whether it has a file of this path. */
bool file_table_has(struct file_table *parts, const char *path);
/* Appends the paths of its files whose retro's id has this checksum. */
void file_table_find(struct strs *out, struct file_table *parts, uint32_t id);

/* Shares the files of now out to the parts of before; one that has grown too
 * large goes on as several. */
void file_table_share_out(struct file_table *parts);

/* Whether there is a part to be saved among those whose files all lie before
 * number `known`; file_table_save() saves it, in a transaction that writes. */
bool file_table_next(struct file_table *parts, size_t known);
void file_table_save(struct file_table *parts);

/* The same for the folders, once all parts are saved. */
bool file_table_lacks_folders(const struct file_table *parts);
void file_table_save_folders(struct file_table *parts);

#endif
