/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Answers that stay true, kept below <common_dir>/retro (git/cache.h): the key
 * says what was asked, and all that the answer hangs on. Once a file of them is
 * full it begins anew.
 */
#ifndef GIT_ANSWERS_H
#define GIT_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "git/repo.h"

struct answers {
	const char *name, *title; /* of the journal; the title says which
				   * version */
	size_t all_max;           /* bytes of all, which are read each time, */
	size_t one_max;           /* and of one: what is longer is not kept */
};

/* Short ones of git's, about commits that are named by their ids, of which
 * nothing stands for another. */
extern const struct answers answers_of_git;

/* Appends the answer; false if there is none. */
bool answers_get(struct buf *out, const struct answers *answers,
		 struct repo *repo, const struct buf *key);
void answers_put(const struct answers *answers, struct repo *repo,
		 const struct buf *key, const struct buf *answer);

#endif
