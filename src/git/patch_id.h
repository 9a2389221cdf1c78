/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a commit changes, as an id that a rebase or a cherry-pick does not
 * change: line numbers and white space aside. Asked of git itself
 * (`git diff-tree -p | git patch-id --stable`) for many commits at once, some
 * tenths of a millisecond each.
 *
 * Two commits of one id make the same change, but the other way round says
 * nothing: a conflict resolved, or another context, gives another id. (git
 * before 2.39 also takes any two changes of one binary file for the same.)
 */
#ifndef GIT_PATCH_ID_H
#define GIT_PATCH_ID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "git/oid.h"
#include "git/walk.h"

struct repo;

/* out[i] is the patch id of commits->at[i] against its parent (a root's against
 * nothing); zeros if it has none: a merge, or nothing changed. All must be
 * here; one may be named twice. Kept in <common_dir>/retro/patch-ids, which is
 * disposable (base/journal.h). */
MUST_USE struct err *patch_ids(struct oid *out, struct repo *repo,
			       const struct oids *commits);

/* The same where objects may be missing: known[i] is false of what cannot be
 * told then. */
MUST_USE struct err *patch_ids_here(struct oid *out, bool *known,
				    struct repo *repo,
				    const struct oids *commits);

/* The same of what lies between two commits, whatever happened in between:
 * out[i] is that of ranges[i]; `from` NULL is the parent of `to`. */
MUST_USE struct err *patch_ids_between(struct oid *out, struct repo *repo,
				       const struct range *ranges, size_t nr);

#endif
