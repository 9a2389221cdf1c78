/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Our lines (block.h) in a file that another hook manager reads, where its
 * hook must stay as it is:
 *
 *	husky		.husky/<hook>, at its start: husky starts it with sh,
 *			and what reads all input there would leave none for us
 *	lefthook	lefthook-local.yml, which is not committed
 */
#ifndef HOOK_MARKED_H
#define HOOK_MARKED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "hook/block.h"

struct marked {
	struct arena *a;
	const char *hook;
	const char *top;  /* for lefthook: the work tree, else NULL */
	const char *path; /* the file */
	struct buf lines; /* as we would write them */
};

/* Both are given back with marked_release(), also after an error. */
MUST_USE struct err *marked_husky(struct marked *out, struct arena *a,
				  const char *scripts, const char *hook);
MUST_USE struct err *marked_lefthook(struct marked *out, struct arena *a,
				     const char *top, const char *hook);
void marked_release(struct marked *marked);

MUST_USE struct err *marked_find(enum block_state *out,
				 const struct marked *marked);

/* Writes nothing if the lines are there, or in a dry run. *found: what was
 * there. *obstacle: the file that cannot be added to, since it is not the one
 * that we write or has the hook already; else NULL. */
MUST_USE struct err *marked_put(enum block_state *found, const char **obstacle,
				const struct marked *marked, bool dry_run);

/* *done: whether there was something to take. */
MUST_USE struct err *marked_take(bool *done, const struct marked *marked,
				 bool dry_run);

#endif
