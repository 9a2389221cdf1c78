/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How much two commits have in common: what relink.c takes for evidence that
 * one is another's new shape.
 */
#ifndef LINEAGE_LIKENESS_H
#define LINEAGE_LIKENESS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/oidmap.h"
#include "git/repo.h"
#include "git/walk.h"

/* What is known of a commit; texts live in the arena. */
struct feature {
	struct oid id;
	const char *author; /* "Name <mail>" */
	const char *stamp;  /* author, date and subject */
	struct oid patch;   /* zeros: none, or not asked for yet */
	struct strs picked; /* "cherry picked from", ids as written */
};

struct features {
	struct arena *arena;
	struct feature *at;
	size_t nr, cap;
	struct oidmap places;
};

void features_init(struct features *features, struct arena *a);
void features_release(struct features *features);

/* Adds a commit that a walk hands over. */
void features_add(struct features *features, const struct commit *commit);
/* Adds those of the commits that are here and not known yet. */
MUST_USE struct err *features_load(struct features *features, struct repo *repo,
				   const struct oids *commits);
/* Finds the patch ids of those of the commits that are known. */
MUST_USE struct err *features_patches(struct features *features,
				      struct repo *repo,
				      const struct oids *commits);
/* NULL: unknown, so it is not here. Until something is added. */
const struct feature *features_get(const struct features *features,
				   const struct oid *id);

/* Both change something, and the same. */
bool likeness_patch(const struct feature *a, const struct feature *b);

/* Whether one of `parts` shows in `whole`, which is said to be made of all of
 * them: whether `whole` adds what parts->at[part] adds, in the same file and as
 * often as all of them together leave it there. LINES_MAYBE: the others took
 * back all of it. Merges have no lines. */
enum shared_lines { LINES_NO, LINES_MAYBE, LINES_YES };
MUST_USE struct err *likeness_lines(enum shared_lines *out, struct repo *repo,
				    const struct oids *parts, size_t part,
				    const struct oid *whole);

/* Whether some line that one adds or takes away, the other does too, in the
 * same file. */
MUST_USE struct err *likeness_some(bool *out, struct repo *repo,
				   const struct oid *one,
				   const struct oid *other);

/* Whether most of the lines that one commit adds and takes away (more than
 * half), the other does too, in whichever file; or neither has any. */
MUST_USE struct err *likeness_most(bool *out, struct repo *repo,
				   const struct oid *one,
				   const struct oid *other);

/* Whether `other` has four fifths of the lines that `one` adds and takes away, in
 * whichever file. */
MUST_USE struct err *likeness_nearly(bool *out, struct repo *repo,
				     const struct oid *one,
				     const struct oid *other);

/* Whether `other` takes back most of the lines that `one` adds and takes away,
 * in whichever file. */
MUST_USE struct err *likeness_back(bool *out, struct repo *repo,
				   const struct oid *one,
				   const struct oid *other);

#endif
