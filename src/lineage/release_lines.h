/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lines on which versions are given to people: release tags and release
 * branches.
 */
#ifndef LINEAGE_RELEASE_LINES_H
#define LINEAGE_RELEASE_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/config.h"
#include "git/ref.h"
#include "git/repo.h"
#include "model/policy.h"

struct release_line {
	enum ref_type type;
	const char *name; /* "v1.4.0", "release/1.3", "origin/release/1.3" */
	struct oid commit;
	int64_t time; /* of a tag, ref_tag_time(); of a branch 0 */
};
struct release_lines VEC_OF(struct release_line);

/* Release tags, oldest first as release_list() has them; then release branches
 * by name. Local and remote-tracking branches of one name are one line where
 * they stand at the same commit, under the local name if there is one; where
 * they differ the remote-tracking one comes first. Patterns are globs as in
 * `git tag --list`; NULL: the policy's. Those of branches match the name
 * without the remote's. */
MUST_USE struct err *release_lines_find(struct release_lines *out,
					struct arena *a, struct repo *repo,
					const struct config *config,
					const struct policy *policy,
					const struct strs *tags,
					const struct strs *branches);

/* The names of all branches, local and remote-tracking, without a remote's, each
 * once. */
MUST_USE struct err *release_lines_branches(struct strs *out, struct arena *a,
					    struct repo *repo,
					    const struct config *config);

/* Whether a branch of this name, without a remote's, is a release branch. */
bool release_line_is_branch(const struct policy *policy, const char *branch);

#endif
