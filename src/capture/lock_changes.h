/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What changed in what a project is built from, between two commits: package by
 * package, as its lock and manifest files say.
 */
#ifndef CAPTURE_LOCK_CHANGES_H
#define CAPTURE_LOCK_CHANGES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "capture/lock.h"
#include "git/walk.h"

struct repo;

/* A name can have several versions at once. Both lists are in order and without
 * what both have, unless one of them would be empty by that; the one of a
 * package that is new, or gone, is empty. */
struct package_change {
	enum package_kind kind;
	const char *name;
	bool direct;
	struct strs before, after; /* versions, "" for one without */
	bool added, removed;
};
struct package_changes VEC_OF(struct package_change);

struct lock_change {
	const char *path;
	const struct lock_format *format;
	bool added, removed; /* the file itself */
	size_t packages;     /* that it has now; of a removed one, had */
	const char *unread;  /* as struct lock has it, of either side */
	struct package_changes changes; /* what matters most first: what the
					 * project itself asks for, then the
					 * larger step */
};
struct lock_changes VEC_OF(struct lock_change);

/* Of the files among `paths` whose format is known, those with a change, by
 * depth and name. `range->from` NULL: everything is new. Only what cannot be
 * asked of git at all is an error. */
MUST_USE struct err *lock_changes_find(struct lock_changes *out,
				       struct arena *a, struct repo *repo,
				       const struct range *range,
				       const struct strs *paths);

/* The same of two lists of packages, sorted. */
void packages_compare(struct package_changes *out, struct arena *a,
		      const struct packages *before,
		      const struct packages *after);

#endif
