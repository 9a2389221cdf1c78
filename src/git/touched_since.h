/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files the commits of a time changed, asked of `git log`.
 */
#ifndef GIT_TOUCHED_SINCE_H
#define GIT_TOUCHED_SINCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"

/* A file that a commit changed; a rename is two. */
struct path_change {
	const char *path;
	int64_t time; /* the commit's, in seconds */
};
struct path_changes VEC_OF(struct path_change);

/* Those of the commits that `head` leads to and that were committed after the
 * second `since`, merges aside, newest first. Of more than `most` commits only
 * the newest are read: `*all` is then false. In the arena. */
MUST_USE struct err *touched_since(struct path_changes *out, bool *all,
				   struct arena *a, const struct oid *head,
				   int64_t since, size_t most);

#endif
