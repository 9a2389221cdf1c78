/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was found out about commits, kept in journals (base/journal.h) below
 * <common_dir>/retro: it stays true as long as history is what the commits say.
 */
#ifndef GIT_CACHE_H
#define GIT_CACHE_H

#include "base/journal.h"
#include "git/repo.h"

/* Opens the journal of this name. Where history is bent (ancestry_is_bent()),
 * what is true today may not be tomorrow: it is empty, and nothing is written;
 * the same if the repository is left untouched. The caller closes it. */
void cache_open(struct journal *out, struct repo *repo, const char *name,
		const char *title);

#endif
