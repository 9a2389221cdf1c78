/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commits that seem to belong to a retro and are not linked to it: they say
 * that they fix or revert one that is. Shown, never written unasked.
 */
#ifndef REPORT_SUGGEST_H
#define REPORT_SUGGEST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "git/config.h"
#include "git/oid.h"
#include "git/walk.h"
#include "model/retro.h"

enum suggest_why {
	SUGGEST_FIXES,   /* "Fixes: X", and X is a cause */
	SUGGEST_REVERTS, /* it reverts X, a cause: a fix; or a fix: a cause */
	SUGGEST_NAMES,   /* it names the retro: "Retro: <id>" */
	SUGGEST_SAID,    /* the fix X names it as what it fixes */
	SUGGEST_SPOKEN,  /* the fix X speaks of it */
	SUGGEST_BLAMED,  /* the fix X deleted lines that it wrote */
	SUGGEST_AROUND, /* the fix X changed lines beside those that it wrote */
	SUGGEST_SHARES, /* it changed names that the fix X changes */
};

struct suggestion {
	const struct retro *retro; /* NULL where only a fix was named */
	const char *pitfall;       /* the number of its problem, or NULL */
	const char *role;          /* "cause", "fix", "backport", "commit": the
				    * option of `link` that links it */
	struct oid commit;
	enum suggest_why why;
	struct oid of;           /* X; zeros for SUGGEST_NAMES */
	size_t lines, total;     /* of what X deleted, or changed beside; or
				  * names */
	struct commit described; /* `commit`, for a person */
};
struct suggestions VEC_OF(struct suggestion);

/* For each problem of the retros, the oldest commit first; what fixes it on
 * another line than the fixes it has, as a backport; of a commit and its picks
 * only the oldest, and none that is a pick of one that is linked. Of what HEAD
 * and the release branches of `tips` reach. */
MUST_USE struct err *suggest_load(struct suggestions *out,
				  struct corpus *corpus,
				  const struct retros *retros,
				  const struct oids *tips);

/* Reads the commits that are suggested from `from` on. */
MUST_USE struct err *suggest_describe(struct suggestions *out, struct arena *a,
				      struct repo *repo, size_t from);

/* HEAD and the release branches, local and remote-tracking. */
MUST_USE struct err *suggest_tips(struct oids *out, struct corpus *corpus,
				  const struct config *config);

/* "says Fixes: 3f2c91b0d4"; in the arena. */
const char *suggest_text(struct arena *a, const struct suggestion *suggestion);

#endif
