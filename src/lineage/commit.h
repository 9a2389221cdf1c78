/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commits, authors and reverts as a digest (digest.h) names them.
 */
#ifndef LINEAGE_COMMIT_H
#define LINEAGE_COMMIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/walk.h"

/* A commit as the digest names it. */
struct digest_commit {
	struct oid id;
	const char *abbrev; /* NULL in the long lists (requests) */
	const char *subject;
	struct person author;
	struct moment authored;
};

struct digest_author {
	struct person person;
	/* As `git shortlog -s -n -e --no-merges` counts: a merge has an author
	 * too, but that says who merged. */
	size_t commits;
	size_t co_authored; /* more, through Co-authored-by, merges left out */
};
struct digest_authors VEC_OF(struct digest_author);

/* A commit that the range took back and left so. One whose revert was itself
 * reverted is back in effect and not here; reverted once more, it is here
 * once. */
struct digest_revert {
	struct digest_commit revert; /* the last one in effect */
	struct digest_commit reverted;
	bool reverted_known; /* false: that commit is not in this repository;
			      * then only .abbrev is set, as written, and .id
			      * if it was written in full */
	bool shipped;        /* reachable from the start of the range: an
			      * earlier release carries it */
	size_t times;        /* reverts in the chain, 1 for a plain one */
};
struct digest_reverts VEC_OF(struct digest_revert);

#endif
