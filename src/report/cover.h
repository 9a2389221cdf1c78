/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which releases are covered by a retro (or a waiver), anywhere a team could
 * have put it: the work tree, every local and remote-tracking branch, and
 * commits that are being pushed. A draft in an open pull request is enough.
 */
#ifndef REPORT_COVER_H
#define REPORT_COVER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "corpus/corpus.h"
#include "git/repo.h"
#include "lineage/release.h"
#include "model/policy.h"

/* Of `tags`, those that no retro covers. `extra` are further commits to look
 * in (those being pushed); may be NULL. Directories that are equal by id are
 * read once, so a hundred branches cost what their different retros cost. */
MUST_USE struct err *cover_missing(struct strs *out, struct arena *a,
				   struct repo *repo,
				   const struct policy *policy,
				   const struct strs *tags,
				   const struct oids *extra);

/* Those of `all`, as release_list() has them, that need a retro: asked for by
 * `require` and `since`, and not covered; newest first. `read` is the corpus of
 * the work tree if the caller has read it already (then its files are not read
 * again), else NULL. */
MUST_USE struct err *cover_owed(struct releases *out, struct arena *a,
				struct repo *repo, const struct policy *policy,
				const struct releases *all,
				const struct corpus *read);

#endif
