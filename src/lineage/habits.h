/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a project makes its releases, as far as its tags and branches tell: what
 * `init` proposes. Nothing is decided by counting: what is in use now is what
 * was used last.
 */
#ifndef LINEAGE_HABITS_H
#define LINEAGE_HABITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "base/version.h"
#include "git/config.h"
#include "git/ref.h"

struct repo;

/* Why tags of a scheme are not proposed as releases. */
enum scheme_use {
	SCHEME_USED,
	SCHEME_REPLACED, /* the same package is tagged in another way now */
	SCHEME_ALIAS,    /* other names of releases that another one tags */
	SCHEME_OLD,      /* none was made in the year before the newest */
	SCHEME_PRE,      /* pre-releases of what was never released */
	SCHEME_ONCE,     /* a single one beside many of another kind */
};

enum { SCHEME_LATEST = 3 };

/* The tags whose names begin alike: "v", "client/v", "tokio-util-". */
struct tag_scheme {
	const char *prefix;
	struct version version; /* of the newest */
	const char *newest;
	int64_t time; /* of the newest */
	size_t nr;    /* releases; 0: every one is a pre-release */
	size_t all;   /* with pre-releases */
	bool dated;   /* versions are dates */
	/* The commits of its newest releases, the newest first. */
	struct oid latest[SCHEME_LATEST];
	size_t latest_nr;
	enum scheme_use use;
};
struct tag_schemes VEC_OF(struct tag_scheme);

/* Patterns of release branches, and how many branches each matches. */
struct branch_scheme {
	const char *pattern;
	size_t nr;
};
struct branch_schemes VEC_OF(struct branch_scheme);

struct habits {
	struct tag_schemes schemes;     /* those in use first, newest first */
	struct branch_schemes branches; /* most branches first */
};

MUST_USE struct err *habits_find(struct habits *out, struct arena *a,
				 struct repo *repo,
				 const struct config *config);

/* What the schemes in use come to: patterns of tags (a pattern each, or one for
 * all that are spelled alike, which goes for packages to come), whether all are
 * dates, and the newest release; NULL if there is none. */
struct proposal {
	struct strs tags;
	bool dated;
	const char *newest;
};
void habits_propose(struct proposal *out, struct arena *a,
		    const struct habits *habits);

#endif
