/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which tags are releases, in which order they came, and which owe a retro.
 */
#ifndef LINEAGE_RELEASE_H
#define LINEAGE_RELEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/ref.h"
#include "model/policy.h"

struct repo;

/* The dotted number in a tag's name behind any prefix: "client/v3.5.0" has the
 * prefix "client/v" and the parts 3, 5, 0; what follows ("-rc1") is the
 * suffix. `_` separates as `.` does ("curl-8_5_0"). Of several numbers that
 * one counts which begins the name, follows a slash or a single v; then the
 * last dotted one ("python-3.10-v1.2.3" is 1.2.3). A name without a number has
 * no parts, and is all prefix. A part has at most 18 digits. */
struct version {
	const char *prefix, *suffix;
	const uint64_t *parts;
	size_t nr;
};
void version_parse(struct version *out, struct arena *a, const char *tag);
/* By parts (a missing one counts 0), then a suffix sorts before none, but a
 * lone letter after it ("1.0.2a"). */
int version_compare(const struct version *a, const struct version *b);

/* Whether the policy's `tags` match and `ignore` does not. Globs are as in
 * `git tag --list`: fnmatch(3) without flags, so `*` crosses slashes. */
bool release_is(const struct policy *policy, const char *tag);

/* Whether a release of this name owes a retro by `require` alone. */
bool release_requires(const struct policy *policy, struct arena *a,
		      const char *tag);

struct release {
	struct ref tag;
	struct version version;
	int64_t time; /* ref_tag_time() */
};
struct releases VEC_OF(struct release);

/* Every release tag that leads to a commit, oldest first by time, then by
 * version, then by name. */
MUST_USE struct err *release_list(struct releases *out, struct arena *a,
				  struct repo *repo,
				  const struct policy *policy);

/* The release before `tag`: among the release tags of the same prefix (a v
 * aside) whose commit is a proper ancestor of the tag's, the highest version
 * below its own; for a name without a version, the newest by time. A tag on the
 * same commit is another name, not an earlier release. *found false: `tag` is
 * the first. `tag` itself need not match the policy. */
MUST_USE struct err *release_previous(struct release *out, bool *found,
				      struct arena *a, struct repo *repo,
				      const struct policy *policy,
				      const struct ref *tag);

/* Whether `tag` is older than the policy's `since` (by time; a `since` that is
 * no tag here asks for all). */
MUST_USE struct err *release_before_since(bool *out, struct arena *a,
					  struct repo *repo,
					  const struct policy *policy,
					  const struct ref *tag);

#endif
