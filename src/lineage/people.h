/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who wrote the commits of a range. Two are the same person if .mailmap gives
 * them one name and one address, as git shortlog counts.
 */
#ifndef LINEAGE_PEOPLE_H
#define LINEAGE_PEOPLE_H

#include "lineage/commit.h"

struct people {
	struct arena *arena;
	struct digest_authors authors;
	size_t *slots; /* by hash of name and mail; an index plus one */
	size_t cap;
	struct strs helpers; /* co-authors, as written */
};

/* Splits "Name <mail>"; a text without an address is all name. In the arena. */
struct person person_read(struct arena *a, const char *who);

void people_init(struct people *people, struct arena *a);
void people_release(struct people *people); /* the authors stay */

/* Counts a commit and its co-authors. */
void people_add(struct people *people, const struct commit *commit);

/* Resolves the co-authors and sorts: most commits first, then most
 * co-authored, then by name. */
MUST_USE struct err *people_finish(struct people *people, struct repo *repo);

#endif
