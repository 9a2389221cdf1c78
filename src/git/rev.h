/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a name that a person types to a commit: ids and abbreviations, refs,
 * `HEAD~3`, `v1.0^{commit}`.
 */
#ifndef GIT_REV_H
#define GIT_REV_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/oid.h"

struct repo;

/* ERR_NOT_FOUND names the revision; an ambiguous abbreviation says so.
 * ERR_FAILED for a name that a tag and a branch bear at different commits. */
MUST_USE struct err *rev_commit(struct oid *out, struct repo *repo,
				const char *name);

/* The commit of a ref or an id, found without a child of its own, which costs
 * three milliseconds. False says nothing: it may be written in another way. */
bool rev_plain(struct oid *out, struct repo *repo, const char *name);

/* The first parent of a commit. ERR_NOT_FOUND if it has none. `bent` is what
 * ancestry_is_bent() says, which looks at refs. */
MUST_USE struct err *rev_parent(struct oid *out, struct repo *repo,
				const struct oid *commit, bool bent);

/* The shortest abbreviation of a commit that is unique here, at least 7
 * digits. In the arena. */
const char *rev_abbrev(struct arena *a, struct repo *repo,
		       const struct oid *oid);

/* HEAD's commit. ERR_NOT_FOUND while it is unborn. */
MUST_USE struct err *rev_head(struct oid *out, struct repo *repo);

/* Adds HEAD's commit; nothing while it is unborn. */
MUST_USE struct err *rev_add_head(struct oids *out, struct arena *a,
				  struct repo *repo);

#endif
