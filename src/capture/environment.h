/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a commit says of an environment: the versions that the team's rules
 * (the setting `capture`) name, each by a short name, as `cuda` for the image
 * nvidia/cuda.
 */
#ifndef CAPTURE_ENVIRONMENT_H
#define CAPTURE_ENVIRONMENT_H

#include "base/arena.h"
#include "base/err.h"
#include "capture/lock.h"
#include "git/oid.h"
#include "model/policy.h"

struct repo;

struct environment {
	const char *name;
	struct packages values; /* sorted; by their short names */
	struct locks locks;     /* the lock files that it is read from */
	struct strs unread;     /* "uv.lock: not read: ..." of its files */
};
struct environments VEC_OF(struct environment);

/* One for each rule. */
MUST_USE struct err *environments_read(struct environments *out,
				       struct arena *a, struct repo *repo,
				       const struct oid *commit,
				       const struct capture_rules *rules);

/* The last part of a package's name, "cuda" of "nvidia/cuda". Borrowed. */
const char *environment_short_name(const struct package *package);

#endif
