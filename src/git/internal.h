/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of src/git share: the libgit2 handle behind struct repo,
 * libgit2's errors as ours, and ids from one to the other.
 */
#ifndef GIT_INTERNAL_H
#define GIT_INTERNAL_H

#include <stdbool.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "git/libgit2.h"
#include "git/oid.h"

struct batch;
struct sparse_cache;

struct repo {
	git_repository *git;
	char *git_dir, *common_dir;
	char *work_tree; /* or NULL */
	char *prefix;
	bool foreign_head; /* `git` has another HEAD than git_dir has */
	bool sha256;
	bool untouched; /* nothing is written below its git directory */
	/* Set: objects and refs are asked of git, and `git` may be NULL: where
	 * libgit2 cannot read them (object.h), and while it is not opened. */
	struct batch *batch;
	bool late;    /* libgit2 can read it, once it is worth being opened, */
	bool reads;   /* and does */
	size_t asked; /* questions until then */
	struct buf told;   /* what git says of all refs, asked once (told.h) */
	size_t tags_asked; /* one by one, before that */
	struct sparse_cache *sparse;
	struct tree_cache *trees;
};

/* Whether `nr` more questions for objects are put to git. Where libgit2 is not
 * open yet and they come to many, it is opened now. */
bool internal_asks_git(struct repo *repo, size_t nr);

/* What tree.c keeps of trees; the second also where there is none. */
struct tree_cache *tree_cache_new(void);
void tree_cache_free(struct repo *repo);

/* `fmt`, ": " and what libgit2 says of its last failure. `code` is what the
 * libgit2 function returned: GIT_ENOTFOUND gives ERR_NOT_FOUND, the rest
 * ERR_FAILED. */
MUST_USE struct err *internal_err(int code, const char *fmt, ...) PRINTF(2, 3);

static inline git_oid to_git(const struct oid *oid)
{
	git_oid id;

	memcpy(id.id, oid->raw, OID_SHA1);
	return id;
}

static inline struct oid from_git(const git_oid *id)
{
	struct oid oid = { { 0 } };

	memcpy(oid.raw, id->id, OID_SHA1);
	return oid;
}

#endif
