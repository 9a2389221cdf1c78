/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commits of a range, read by one `git log`: it knows the commit-graph,
 * shallow ends, grafts, replace refs, partial clones, .mailmap and the
 * encodings of messages, where libgit2 1.5.1 knows none of them, and it is
 * faster.
 */
#ifndef GIT_WALK_H
#define GIT_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"

struct config;
struct repo;

struct person {
	const char *name, *mail; /* through .mailmap */
};

/* One commit, borrowed for the time of the call that hands it over. Texts are
 * UTF-8 as far as git could make them so. */
struct commit {
	struct oid id, tree;
	const struct oid *parents;
	size_t parent_count;
	struct person author;
	struct moment authored, committed;
	const char *message; /* whole, subject included; ends with a newline
			      * unless empty */
	const char *subject; /* its first paragraph, joined to one line */
};

struct commits VEC_OF(struct commit);

/* Return false to stop the walk early, which is not an error. */
typedef bool walk_fn(void *data, const struct commit *commit);

struct range {
	const struct oid *from; /* NULL: from the beginning */
	struct oid to;
	/* Only what touches these files and folders, as pathspecs from the
	 * root; NULL: all. The first RANGE_PATHS count. */
	const struct strs *paths;
};
enum { RANGE_PATHS = 12 };

/* Newest first by committer date, no commit before its children. A date that
 * git cannot read is the epoch, as in git's own output. */
MUST_USE struct err *walk_range(struct repo *repo, const struct range *range,
				walk_fn *fn, void *data);

/* The commits that `tips` reach and none of `seen` does, newest first; people's
 * names are as the commits have them, without .mailmap. One of `seen` that is
 * no longer here is left out of account. */
MUST_USE struct err *walk_new(struct repo *repo, const struct oids *tips,
			      const struct oids *seen, walk_fn *fn, void *data);

/* These commits, which are here, in their order. */
MUST_USE struct err *walk_these(struct repo *repo, const struct oids *ids,
				walk_fn *fn, void *data);

/* The commits, merges aside, that `tips` reach and that touched one of the
 * paths (from the root); by id, each once. Of none that is older than `since`,
 * in seconds, if that is not 0. A path that git cannot be asked for is left
 * out. */
MUST_USE struct err *walk_touching(struct oids *out, struct arena *a,
				   struct repo *repo, const struct oids *tips,
				   int64_t since, const struct strs *paths);

/* Those that are alive (git/reachable.h), newest first, but for what `without`
 * have in their history. With `dead`, those that it and the reflogs reach and
 * that are not alive. */
MUST_USE struct err *walk_alive(struct repo *repo, const struct oids *without,
				const struct oids *dead, walk_fn *fn,
				void *data);

/* How many commits the range has, and how many of them are merges. */
MUST_USE struct err *walk_count(size_t *commits, size_t *merges,
				struct repo *repo, const struct range *range);

/* One commit by id, copied into the arena. ERR_NOT_FOUND. */
MUST_USE struct err *walk_one(struct commit *out, struct arena *a,
			      struct repo *repo, const struct oid *id);

/* The commits of `names` (ids or abbreviations, as found in messages) in one
 * question: `out->at[i]` answers names->at[i]; one that is missing here or
 * ambiguous has an id of zeros. */
MUST_USE struct err *walk_many(struct commits *out, struct arena *a,
			       struct repo *repo, const struct strs *names);

/* The same, kept for the next time (git/answers.h). */
MUST_USE struct err *walk_kept(struct commits *out, struct arena *a,
			       struct repo *repo, const struct config *config,
			       const struct strs *names);

/* Resolves a name as .mailmap has it ("Name <mail>" to the same). */
MUST_USE struct err *walk_mailmap(struct strs *out, struct arena *a,
				  struct repo *repo, const struct strs *people);

#endif
