/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Refs as git tells them: of a repository whose refs libgit2 cannot read, or
 * while it is not opened. All tags, branches and replacements are asked for
 * once in a command.
 */
#ifndef GIT_TOLD_H
#define GIT_TOLD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "git/oid.h"

struct repo;

/* What is told of a ref, borrowed. Of one that leads to an object that is not
 * here git tells no types, and then of none. */
struct told {
	const char *id, *type;       /* "commit", "tag", ... or "" */
	const char *to_id, *to_type; /* of a tag object: what it leads to */
	const char *alias;           /* the ref it is an alias of, or "" */
	const char *name;            /* "refs/tags/v1.0.0" */
};

/* Appends what git tells of the refs of this pattern. */
MUST_USE struct err *told_some(struct buf *out, const char *pattern);
/* The same of all of them, kept in `repo`. */
MUST_USE struct err *told_all(const struct buf **out, struct repo *repo);

/* The next ref below `prefix` at *at, which moves after it. */
bool told_next(struct told *told, const char **at, const char *end,
	       const char *prefix);

/* The ref of this full name; false if there is none. */
bool told_find(struct told *told, const struct buf *all, const char *full);

/* Where a ref leads, by its full name; *found false if there is none. */
MUST_USE struct err *told_ref(struct oid *out, bool *found, struct repo *repo,
			      const char *full);

/* Whether some object stands for another (git replace), whoever reads the
 * refs; true where that cannot be told. */
bool told_replaces(struct repo *repo);

#endif
