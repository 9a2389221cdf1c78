/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The versions of the retros' texts, as history.h gives them.
 */
#ifndef GREP_VERSIONS_H
#define GREP_VERSIONS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/vec.h"
#include "git/oid.h"

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

#endif
