/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The repositories that are asked together: those of git config `retro.repo`,
 * those below a folder, or those that a file lists. Whether one can be read
 * shows when it is asked.
 */
#ifndef MANY_REPOS_H
#define MANY_REPOS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/config.h"

struct many_repo {
	const char *path; /* absolute */
	const char *name; /* below the folder, or the end of its path that no
			   * other has; without ".git", but where there is one
			   * of that name, too */
};
struct many_repos VEC_OF(struct many_repo);

/* `where` is a folder, which is walked down to its repositories; a file with a
 * path in each line, of which those that begin with # are left out; or "" for
 * what `retro.repo` names. A path is relative to the file that names it, or to
 * the current folder, and may begin with "~/". ERR_NOT_FOUND if there is
 * none. */
MUST_USE struct err *many_repos_find(struct many_repos *out, struct arena *a,
				     const struct config *config,
				     const char *where);

#endif
