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
#include "lineage/commit.h"

struct repo;

/* A merge, or another commit that is a whole request (a squash). A request
 * that has both is here once, as its merge. */
struct digest_merge {
	struct digest_commit commit;
	const char *request; /* "#12", "!34"; NULL: a merge without one */
	const char *title;   /* the request's, else the merge's subject */
};

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
	struct digest_authors authors; /* most commits first, without bots */
	size_t bots, bot_commits;
	struct VEC_OF(struct digest_merge) requests; /* newest first */
	/* Left out of them: what bots brought or what only raises a version,
	 * and merges of the main line into a branch. */
	size_t bumps, upkeep;
	struct digest_reverts
		reverts; /* newest first, as all lists of commits */
	struct VEC_OF(struct digest_fix) fixes;
	struct VEC_OF(struct digest_pick) picks;
	struct strs notes; /* values of Retro-Note trailers, oldest first, the
			    * same text once */
	struct VEC_OF(struct digest_dependency) dependencies;
	struct strs paths;       /* that changed, a moved file's old one too,
				  * but for other people's code */
	struct diff_files files; /* most changed lines first, notebooks last,
				  * without the team's own retros and what is
				  * vendored or generated */
	size_t files_changed;    /* with those */
	size_t lines_added, lines_deleted;
	bool lines_known; /* false: blobs are missing here (a partial clone);
			   * files are named by path, and no line counted */
};

/* Gathers; a progress line on a terminal. `from` NULL: from the beginning.
 * `dir` is the folder of the team's own retros. */
MUST_USE struct err *digest_range(struct digest *out, struct arena *a,
				  struct repo *repo, const struct range *range,
				  const char *dir);

#endif
