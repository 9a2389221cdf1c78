/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where git looks for hooks in this repository, and what we may do there.
 *
 *	.git/hooks, also of another worktree	our shims, with the absolute
 *						path of the program
 *	a folder of the work tree		the same, but committed: the
 *						program is looked up in PATH
 *	husky's folder				its own shims stay; the
 *						scripts that they start get a
 *						marked line (block.h)
 *	anywhere else				nothing
 */
#ifndef HOOK_HOOKS_DIR_H
#define HOOK_HOOKS_DIR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/config.h"
#include "git/repo.h"

struct hooks_dir {
	const char *dir;     /* absolute */
	const char *scripts; /* of husky, else NULL */
	bool outside;        /* of the repository */
	bool committed;      /* what lies there goes to others */
};

/* All in the arena. */
MUST_USE struct err *hooks_dir_find(struct hooks_dir *out, struct arena *a,
				    struct repo *repo,
				    const struct config *config);

#endif
