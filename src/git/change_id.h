/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The `change-id` in the head of a commit object, which Jujutsu writes and
 * keeps while a commit is rewritten. Not the trailer of that name (ledger.h).
 */
#ifndef GIT_CHANGE_ID_H
#define GIT_CHANGE_ID_H

#include "base/arena.h"
#include "git/oid.h"

struct repo;

/* In the arena; NULL if the commit has none, or is not here. */
const char *change_id_read(struct arena *a, struct repo *repo,
			   const struct oid *commit);

#endif
