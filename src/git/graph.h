/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Questions about ancestry.
 */
#ifndef GIT_GRAPH_H
#define GIT_GRAPH_H

#include <stdbool.h>

#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/ref.h"

struct repo;

/* The tags whose commit is reachable from `commit` (itself included), as
 * `git tag --merged` has it. */
MUST_USE struct err *graph_merged_tags(struct refs *out, struct arena *a,
				       struct repo *repo,
				       const struct oid *commit);

/* Whether `ancestor` is `commit` or an ancestor of it. */
MUST_USE struct err *graph_reaches(bool *out, struct repo *repo,
				   const struct oid *commit,
				   const struct oid *ancestor);

#endif
