/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every text that a retro ever had, each once: from all that any ref leads to,
 * those of deleted retros and of branches that were never merged too. What lies
 * below the folder `dir` counts, and below each folder that any version of
 * `.retro.yml` named as such.
 *
 * History is read once and then only what is new in it. What was found is kept
 * in <common_dir>/retro/history. That file is disposable: deleted, damaged,
 * written by another version or by two at once it costs time, never a wrong
 * answer. Where history is bent (graph.h) it is read each time.
 */
#ifndef GREP_HISTORY_H
#define GREP_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"
#include "model/policy.h"

struct history_record;

/* A commit, and its author's moment. */
struct history_point {
	struct oid commit;
	struct moment at;
};

struct text_version {
	struct oid blob;
	const char *path;       /* where it lay last, from the root */
	const char *first_path; /* where it was written first, by `from` */
	struct history_point from;
	/* Where it was changed or deleted last; branches may have it all the
	 * same. Of a text that no branch has and that nothing changed, the
	 * merge that left it out. Zeros if nothing did that since it was
	 * written last. */
	struct history_point to;
};

/* A state of the folders on some branches. */
struct history_place {
	struct strs branches;
	unsigned char *has; /* a bit for each version */
};

struct history {
	struct arena *arena;
	struct oids blobs;     /* of the versions, sorted */
	const uint32_t *order; /* their numbers, by path, the newest first */
	const struct history_record *record;
	struct VEC_OF(struct history_place) places;
};

MUST_USE struct err *history_load(struct history *out, struct arena *a,
				  struct repo *repo,
				  const struct policy *policy);

/* Number `i`; what it points to is borrowed from the history. */
struct text_version history_version(const struct history *history, size_t i);

/* Appends the branches that have this text now, in the order of corpus/branches.h. */
void history_branches(struct strs *out, const struct history *history,
		      size_t version);

#endif
