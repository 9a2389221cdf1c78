/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tags and branches, listed. Listing costs as many steps as there are refs
 * (100,000 loose ones: 0.7 s), so only a command that needs all of them does.
 */
#ifndef GIT_REF_H
#define GIT_REF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"

struct repo;

enum ref_type { REF_TAG, REF_BRANCH, REF_REMOTE };

struct ref {
	enum ref_type type;
	const char *name;  /* "v1.0", "main", "origin/main": no refs/... */
	struct oid target; /* what it points at: a tag object, a commit */
	struct oid commit; /* peeled */
	bool has_commit;   /* false: it leads to a blob, a tree, or nothing */
};
struct refs VEC_OF(struct ref);

enum {
	REFS_TAGS = 1,
	REFS_BRANCHES = 2,
	REFS_REMOTES = 4, /* symbolic ones (origin/HEAD) left out */
};

/* By name. A ref that is broken is left out. */
MUST_USE struct err *ref_list(struct refs *out, struct arena *a,
			      struct repo *repo, unsigned which);

/* One tag by its short name. ERR_NOT_FOUND. */
MUST_USE struct err *ref_tag(struct ref *out, struct arena *a,
			     struct repo *repo, const char *name);

/* When a tag was made: the tagger's moment, or for one without tagger the
 * committer's moment of its commit, in seconds. 0 if neither can be read. Of a
 * branch it is when its last commit was made. */
int64_t ref_tag_time(struct repo *repo, const struct ref *tag);

/* Whether that is the tag's own time: a lightweight tag has none, so that it is
 * its commit's. */
bool ref_tag_has_time(const struct ref *tag);

/* The same for many: out[i] answers *tags[i]. Each object is read once and its
 * time kept in <common_dir>/retro/tags, which is disposable
 * (base/journal.h). */
void ref_tag_times(int64_t *out, struct repo *repo,
		   const struct ref *const *tags, size_t nr);

#endif
