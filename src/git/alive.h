/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which commits were found alive (git/reachable.h), kept in the file
 * retro/alive of the git directory while every branch, tag and HEAD is where it
 * was: their names and ids are compared, not times. Where more could make a
 * commit alive (refs that are no files, a HEAD outside of the branches, grafts,
 * shallow ends), nothing is kept.
 */
#ifndef GIT_ALIVE_H
#define GIT_ALIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/journal.h"
#include "git/oid.h"
#include "git/oidset.h"
#include "git/repo.h"

struct alive {
	struct journal journal;
	bool can; /* it applies here */
	struct oid key;
	struct oidset known;
	struct buf ids; /* the same, as they are kept */
	bool more;      /* there are new ones */
};

/* The caller closes it, which keeps what was added. */
void alive_open(struct alive *out, struct repo *repo);
bool alive_has(const struct alive *alive, const struct oid *commit);
void alive_add(struct alive *alive, const struct oid *commit);
void alive_close(struct alive *alive);

#endif
