/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which tags are releases, in which order they came, and which need a retro.
 */
#ifndef LINEAGE_RELEASE_H
#define LINEAGE_RELEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/version.h"
#include "git/ref.h"
#include "model/policy.h"

struct repo;

struct release {
	struct ref tag;
	struct version version; /* of the tag's name */
	int64_t time;           /* ref_tag_time() */
	bool again; /* the same numbers were released before: a hotfix, a
		     * rebuild, another edition */
};
struct releases VEC_OF(struct release);

/* Whether the policy's `tags` match and `ignore` does not. Globs are as in
 * `git tag --list`: fnmatch(3) without flags, so `*` crosses slashes. A
 * pre-release is known by its form (base/version.h), and is none unless a
 * pattern that matches it names the form, as "v*-beta*" does. */
bool release_is(const struct policy *policy, const char *tag);

/* Every release that leads to a commit, oldest first by time, then by version,
 * then by name. Tags that move along with the newest release of a line (v1 and
 * v1.5 beside v1.5.0) are left out. ERR_FAILED where the object of such a tag,
 * or its commit, is missing. */
MUST_USE struct err *release_list(struct releases *out, struct arena *a,
				  struct repo *repo,
				  const struct policy *policy);

/* Every tag that matches one of the globs and leads to a commit, of whatever
 * form, in the same order. */
MUST_USE struct err *release_list_like(struct releases *out, struct arena *a,
				       struct repo *repo,
				       const struct strs *globs);

/* Of `tags`, which need not be in the repository under that name, those that
 * are releases; in no order. */
MUST_USE struct err *release_among(struct releases *out, struct arena *a,
				   struct repo *repo,
				   const struct policy *policy,
				   const struct refs *tags);

/* Whether a release needs a retro by `require` alone: of the same numbers only
 * the first does, unless all do. What has no version is neither major nor
 * minor. */
bool release_requires(const struct policy *policy,
		      const struct release *release);

/* Of `all`, those that came after the policy's `since`, in their order: all of
 * them if that is not a tag here. */
MUST_USE struct err *release_since(struct releases *out, struct arena *a,
				   struct repo *repo,
				   const struct policy *policy,
				   const struct releases *all);

/* Of those, the ones for which the policy asks a retro by `require`. */
MUST_USE struct err *release_asked(struct releases *out, struct arena *a,
				   struct repo *repo,
				   const struct policy *policy,
				   const struct releases *all);

/* The release before `tag`, whether its commits lead to it or not: among the
 * tags of the same package the highest version below its own that was tagged
 * before it, or that leads to it. Before a hotfix or an edition stands its
 * release; before a pre-release, the last one of the same numbers. For a name
 * without a version, the newest of its ancestors by time. A tag on the same
 * commit is another name, not an earlier release. Rather a release of the
 * policy than another tag of that form; what it ignores, never. The first under
 * a package's name may go on from one of the whole repository (pkg@4.0.0 from
 * v3.9.2). *found false:
 * `tag` is the first. `tag` itself need not match the policy. */
MUST_USE struct err *release_previous(struct release *out, bool *found,
				      struct arena *a, struct repo *repo,
				      const struct policy *policy,
				      const struct ref *tag);

/* For many of them: all tags, read and sorted once. `timed`: with the time of
 * each, which is read anyway where most are asked for. */
struct release_order;
MUST_USE struct err *release_order_load(struct release_order **out,
					struct arena *a, struct repo *repo,
					const struct policy *policy,
					bool timed);

/* The release before a tag of this ref_tag_time(), as release_previous(). */
MUST_USE struct err *release_before(struct release *out, bool *found,
				    struct arena *a,
				    struct release_order *order,
				    const struct ref *tag, int64_t time);

/* The release that the history of `commit` goes on from: the highest version
 * among its ancestors, counted from the package of the newest of them; or the
 * highest of all, if that was made on a branch that left this history later.
 * *found false: there is none. */
MUST_USE struct err *release_latest(struct release *out, bool *found,
				    struct arena *a, struct repo *repo,
				    const struct policy *policy,
				    const struct oid *commit);

#endif
