/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What git knows of a range of commits, gathered for a draft. Plain records;
 * how they read is the view's business (view/draft.h). Nothing is here that
 * git cannot back.
 */
#ifndef TIE_DIGEST_H
#define TIE_DIGEST_H

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
	const char *abbrev;
	const char *subject;
	struct person author;
	struct moment authored;
};

struct digest_author {
	struct person person;
	size_t commits;   /* as `git shortlog -s -n -e --no-merges` counts */
	size_t co_authored; /* more, through Co-authored-by */
};

struct digest_merge {
	struct digest_commit commit;
	const char *request; /* "#12", "!34"; NULL */
	const char *title;   /* the request's, else the merge's subject */
};

/* A commit of the range that was taken back, and by which. A revert that was
 * itself reverted (an odd chain back in effect) is not here: `times` tells how
 * often it went back and forth. */
struct digest_revert {
	struct digest_commit revert;   /* the last one in effect */
	struct digest_commit reverted;
	bool reverted_known; /* false: that commit is not in this repository;
			      * then only reverted.id or .abbrev is set */
	bool shipped;        /* the reverted commit is older than the range:
			      * an earlier release carries it */
	size_t times;        /* reverts in the chain, 1 for a plain one */
};

struct digest_fix {
	struct digest_commit fix, fixed;
	bool fixed_known;
	bool shipped; /* what it fixed was there before the range */
};

struct digest_pick {
	struct digest_commit commit;
	const char *from; /* the id as written */
	bool upstream;    /* "commit X upstream", not "cherry picked" */
};

/* A lock file or a dependency manifest that changed, and where its format is
 * simple enough to be sure, the versions that did. */
struct digest_dependency {
	const char *path;
	size_t added, deleted;
};

struct digest {
	struct range range;
	const char *from_name, *to_name; /* as the draft writes the range */
	bool first;    /* no earlier release: from the beginning */
	bool shallow;  /* history is cut off inside the range: counts are of
			* what is here */
	size_t commits, merges; /* commits includes merges */
	int32_t first_day, last_day; /* of authored moments */
	struct VEC_OF(struct digest_author) authors; /* most commits first */
	struct VEC_OF(struct digest_merge) requests; /* newest first */
	struct VEC_OF(struct digest_revert) reverts;
	struct VEC_OF(struct digest_fix) fixes;
	struct VEC_OF(struct digest_pick) picks;
	struct VEC_OF(struct digest_dependency) dependencies;
	struct diff_files files;     /* most changed lines first */
	size_t lines_added, lines_deleted;
};

/* Gathers; a progress line on a terminal. `from` NULL: from the beginning. */
MUST_USE struct err *digest_range(struct digest *out, struct arena *a,
				  struct repo *repo,
				  const struct range *range);

#endif
