/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The bytes of git's index, versions 2 to 4, as gitformat-index(5) has them:
 * a header, the entries by path, extensions, a checksum. As git, this does not
 * look at the checksum. It stops at whatever says less than all of a path: one
 * that is only intended to be added, a folder of a sparse index.
 */
#ifndef GIT_DIRCACHE_FILE_H
#define GIT_DIRCACHE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "git/repo.h"

struct dircache {
	const uint8_t *bytes, *at, *end; /* the end is before the checksum */
	size_t n, id_size;               /* bytes of all, and of an id */
	uint32_t version, left;          /* entries behind `at` */
	const char *last;  /* the path of the one before it, or NULL */
	struct buf before; /* where that is, in version 4 */
};

struct dircache_entry {
	uint32_t mode;
	unsigned flags;
	const uint8_t *id;
	const char *path; /* until the next one is read */
	size_t n;
};

/* The one that git would read: GIT_INDEX_FILE may name it. False if there is
 * none of these versions. It is closed in any case. */
bool dircache_open(struct dircache *out, struct arena *a,
		   const struct repo *repo);
void dircache_close(struct dircache *dircache);
/* Goes back to the first entry. */
void dircache_rewind(struct dircache *dircache);

/* The entry at `at`, which moves behind it. False at the end, where `left` is
 * 0, and where it cannot be told. */
bool dircache_next(struct dircache_entry *out, struct dircache *dircache);
/* Whether its path is one of several that are in a conflict. */
bool dircache_is_unmerged(const struct dircache_entry *entry);

/* The cache tree among the extensions, `n` 0 if there is none. False if one of
 * them changes what the entries say: "link" of a split index, "sdir" of a
 * sparse one, and whatever else begins with a small letter. */
struct dircache_rest {
	const uint8_t *tree;
	size_t n;
};
bool dircache_rest(struct dircache_rest *out, struct dircache *dircache);

#endif
