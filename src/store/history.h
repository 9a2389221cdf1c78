/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every text that a retro ever had, each once: from all that any ref leads to,
 * those of deleted retros and of branches that were never merged too. What lies
 * below the folder `dir` counts, as it is set now.
 *
 * History is read once and then only what is new in it. What was found is kept
 * in <common_dir>/retro/history. That file is disposable: deleted, damaged,
 * written by another version or by two at once it costs time, never a wrong
 * answer. Where history is bent (graph.h) it is read each time.
 */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"
#include "model/policy.h"

/* A commit, and its author's moment. */
struct history_point {
	struct oid commit;
	struct moment at;
};

struct version {
	struct oid blob;
	const char *path;       /* where it lay last, from the root */
	const char *first_path; /* where it was written first, by `from` */
	struct history_point from;
	struct history_point to; /* where it was changed or deleted last, zeros
				    * if nothing did that since it was written
				    * last; branches may have it all the same */
};
struct versions VEC_OF(struct version);

struct history {
	struct arena *arena;
	struct versions versions; /* in the order of their blobs */
	struct VEC_OF(struct history_place) places;
};

MUST_USE struct err *history_load(struct history *out, struct arena *a,
				  struct repo *repo,
				  const struct policy *policy);

/* Appends the branches that have this text now, in the order of places.h. */
void history_branches(struct strs *out, const struct history *history,
		      size_t version);

/* A state of the folder on some branches. */
struct history_place {
	struct strs branches;
	unsigned char *has; /* a bit for each version */
};

#endif
