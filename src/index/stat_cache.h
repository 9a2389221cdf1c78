/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of a place as the index last saw them, and which of them may have
 * changed since. A file whose times, size and inode are the same is the same,
 * unless it was touched so shortly before it was read that a second change
 * would bear the same time: it is read again until that moment has passed (git
 * calls that racy). A folder of which the same holds has the same entries, so
 * none of those is listed again.
 */
#ifndef INDEX_STAT_CACHE_H
#define INDEX_STAT_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"
#include "model/policy.h"

struct cached_file {
	const char *path; /* from the root */
	struct oid blob;  /* the id of its bytes as they lie */
	int64_t doc;      /* its text in the index; 0: not known yet; below 0:
			   * it was that one, and may have changed */
	uint32_t bytes;   /* of that text */
	uint32_t id;      /* checksum_text() of its retro's id */
	bool settled;     /* `stat` tells of every change */
	uint64_t stat;    /* of times, size and inode; 0: it is not there */
};
struct cached_files VEC_OF(struct cached_file);

/* Room for at most so many in an empty list, so that it need not be moved as it
 * grows: it can be large. */
void stat_cache_reserve(struct cached_files *files, struct arena *a, size_t nr);

/* The retros below a folder of the work tree, sorted by path, and the folders
 * they lie in; none where those do not tell what can be listed. Of a folder
 * `path`, `settled` and `stat` are set. */
struct stat_cache {
	struct cached_files files, folders;
};

/* Lists the policy's folders: `path`, `stat` and `settled`. Borrows the paths of `before`,
 * what was listed the last time, where the folders are as they were. A folder
 * that cannot be read is an error, but what the others contain is listed all the
 * same. */
MUST_USE struct err *stat_cache_list(struct stat_cache *out, struct arena *a,
				     const struct repo *repo,
				     const struct policy *policy,
				     const struct stat_cache *before);

/* Whether no file of what was listed came, went or was moved since. */
bool stat_cache_is_listed(const struct stat_cache *before, struct arena *a,
			  const struct repo *repo);

/* Takes over from `before` (sorted, too) what is known of the files. */
void stat_cache_carry(struct cached_files *now,
		      const struct cached_files *before);
/* Whether the two have one path, and are known by the same facts. */
bool cached_file_is_same(const struct cached_file *one,
			 const struct cached_file *other);

/* Appends some files as bytes; reads them back, true if they are whole. The
 * paths are then borrowed from the bytes. */
void stat_cache_pack(struct buf *out, const struct cached_file *at, size_t nr);
bool stat_cache_unpack(struct cached_files *out, struct arena *a,
		       const char *bytes, size_t n);

#endif
