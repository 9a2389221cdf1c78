/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a repository stands, in the key of an answer that is kept: as long as
 * the same bytes are appended, no ref and no object came, went or was moved.
 * False where that cannot be told of all of them, or one of the files changed a
 * moment ago (git/kept.h): then nothing is to be kept.
 */
#ifndef GIT_STANDING_H
#define GIT_STANDING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "git/repo.h"

/* The names and ids of every branch, tag and remote-tracking branch, and each
 * HEAD. Not where refs are no files, or a HEAD leads out of these. */
bool standing_refs(struct buf *key, struct arena *a, const struct repo *repo);

/* The folders of the object database: a new object changes the times of one.
 * Not where it borrows from others. */
bool standing_objects(struct buf *key, struct arena *a,
		      const struct repo *repo);

#endif
