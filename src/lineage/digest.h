/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What git knows of a range of commits, gathered for a draft. Plain records;
 * how they read is the view's business (view/draft.h). Nothing is here that
 * git cannot back.
 */
#ifndef LINEAGE_DIGEST_H
#define LINEAGE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/diff.h"
#include "git/walk.h"

struct repo;

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

/* A merge, or another commit that is a whole request (a squash). A request
 * that has both is here once, as its merge. */
struct digest_merge {
	struct digest_commit commit;
	const char *request; /* "#12", "!34"; NULL: a merge without one */
	const char *title;   /* the request's, else the merge's subject */
};

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

struct digest_fix {
	struct digest_commit fix, fixed;
	bool fixed_known; /* as reverted_known */
	bool shipped;     /* what it fixed was there before the range */
};

struct digest_pick {
	struct digest_commit commit;
	const char *from; /* the id as written */
	bool upstream;    /* "commit X upstream", not "cherry picked" */
};

/* A lock file or a dependency manifest that changed. */
struct digest_dependency {
	const char *path;
	size_t added, deleted;
};

struct digest {
	struct range range;
	/* As the draft writes the range; set by the caller. */
	const char *from_name, *to_name;
	bool first;   /* no earlier release: from the beginning */
	bool shallow; /* history is cut off inside the range: counts are of
			* what is here */
	size_t commits, merges;      /* commits includes merges */
	int32_t first_day, last_day; /* authored; DAY_NONE if no date is sane */
	struct digest_authors authors;               /* most commits first */
	struct VEC_OF(struct digest_merge) requests; /* newest first */
	struct digest_reverts
		reverts; /* newest first, as all lists of commits */
	struct VEC_OF(struct digest_fix) fixes;
	struct VEC_OF(struct digest_pick) picks;
	struct VEC_OF(struct digest_dependency) dependencies;
	struct diff_files files; /* most changed lines first */
	size_t lines_added, lines_deleted;
	bool lines_known; /* false: blobs are missing here (a partial clone);
			   * files are named by path, and no line counted */
};

/* Gathers; a progress line on a terminal. `from` NULL: from the beginning. */
MUST_USE struct err *digest_range(struct digest *out, struct arena *a,
				  struct repo *repo, const struct range *range);

#endif
