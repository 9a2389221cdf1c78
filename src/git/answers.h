/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Short answers of git's that stay true: about commits that are named by their
 * ids, of which nothing stands for another (git/cache.h). They are kept in the
 * journal retro/answers; once it is full it begins anew.
 */
#ifndef GIT_ANSWERS_H
#define GIT_ANSWERS_H

#include <stdbool.h>

#include "base/buf.h"
#include "git/repo.h"

/* The key says what was asked, and all that the answer hangs on. Appends the
 * answer; false if there is none. */
bool answers_get(struct buf *out, struct repo *repo, const struct buf *key);
/* One that is long is not kept. */
void answers_put(struct repo *repo, const struct buf *key,
		 const struct buf *answer);

#endif
