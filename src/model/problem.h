/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commits that a retro names, and its problems: a pitfall, the commits
 * that caused it, those that fixed it, the files whose test would catch it
 * again. `commits` of the front matter is one problem (a map) or a list of
 * them; what a list has besides maps are commits of no problem.
 */
#ifndef MODEL_PROBLEM_H
#define MODEL_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"

struct node;

enum link_role {
	LINK_CAUSE,
	LINK_FIX,
	LINK_BACKPORT, /* the fix, made again by hand for another line */
	LINK_OTHER,
	LINK_ROLES,
};

/* Commit names as written: full ids, or what a person abbreviated. */
struct links {
	struct strs cause, fix, backport, other;
};

const char *link_role_name(enum link_role role); /* "cause" */
/* LINK_ROLES if it is none; case, `-` and `_` do not count. */
enum link_role link_role_find(const char *name);
struct strs *links_list(struct links *links, enum link_role role);
const struct strs *links_of(const struct links *links, enum link_role role);

/* Appends them all. */
void links_append(struct strs *out, struct arena *a, const struct links *links);

struct problem {
	const char *pitfall; /* "P1", as written; NULL: none is named */
	struct links commits;
	struct strs guard;      /* files, folders or globs, from the root */
	const struct node *map; /* where it stands; NULL in a surveyed retro */
};
struct problems VEC_OF(struct problem);

/* Whether it says more than which other commits there are. */
bool problem_is_one(const struct problem *problem);

/* The guard that a file (from the root) is, or is below; NULL if it is none. */
const char *problem_guard(const struct problem *problem, const char *path);

/* Parts "<retro>#P1"; false if the name does not end so, and `*retro` is then
 * the name. The number gets a capital P. */
bool problem_split(const char **retro, const char **number, struct arena *a,
		   const char *name);

#endif
