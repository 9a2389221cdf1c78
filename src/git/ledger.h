/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What commits say of other commits and of retros, for all of history, and what
 * their changes are known by (git/commit_table.h):
 *
 *	This reverts commit X.		(cherry picked from commit X)
 *	Fixes: X ("subject")		[ upstream commit X ]
 *	Change-Id: I123			partial backport of X
 *	Retro: <id>			Retro-Cause: <id>
 *	Retro-Action: <id>#A1		Retro-Fix: <id>
 *
 * The words are git/mentions.h's. `Revert "T"` and "Reverts #12", where no
 * commit that is here is named, take back the latest earlier commit of that
 * history with this title or number: the entry names it.
 *
 * One `git log` reads each part of history once. What it found is kept in
 * <common_dir>/retro/ledger with the tips it was found from. That file is
 * disposable (base/journal.h); where history is not what the commits say
 * (ancestry_is_bent()), it is neither read nor written.
 */
#ifndef GIT_LEDGER_H
#define GIT_LEDGER_H

#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/commit_table.h"
#include "git/oid.h"
#include "git/repo.h"
#include "git/walk.h"

enum ledger_key {
	LEDGER_REVERT,
	LEDGER_REVERT_LISTED, /* of a commit that a squash lists: perhaps it
			       * does, perhaps another there undid that */
	LEDGER_FIX,
	LEDGER_PICK,
	LEDGER_UPSTREAM,
	LEDGER_PART, /* takes a part of it over, which is not an equivalent */
	LEDGER_CHANGE_ID,
	LEDGER_RETRO,
	LEDGER_RETRO_CAUSE,
	LEDGER_RETRO_FIX,
	LEDGER_RETRO_ACTION,
};

struct ledger_entry {
	enum ledger_key key;
	const char *value; /* as written, trimmed: hex digits in lower case,
			    * "<id>", "<id>#A1" */
	struct oid commit; /* that says so */
	struct moment committed;
	uint64_t origin; /* equal for commits of one author date and subject,
			  * as a commit and its picks are */
};
struct ledger_entries VEC_OF(struct ledger_entry);

struct ledger {
	/* Those of a commit together, in the order of its text; but reverts
	 * that name no commit are by themselves. */
	struct ledger_entries entries;
	struct commit_table table; /* a row for each commit, without chains */
};

/* All that the commits say that `tips` reach, and perhaps those that only other
 * tips reach. In a shallow clone, of the history that there is. A progress line
 * on a terminal where much of it was not read before. */
MUST_USE struct err *ledger_load(struct ledger *out, struct arena *a,
				 struct repo *repo, const struct oids *tips);

/* The `origin` of a commit. */
uint64_t ledger_origin(const struct commit *commit);

#endif
