/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Puts our hooks next to whatever is there, and takes only ours away again.
 * What is there keeps running, with its arguments and stdin; uninstall
 * restores it to the byte and the mode. The ways, of which one is taken:
 *
 *	git config	(declared.h) where git runs hooks that stand there
 *	our shim	(shim.h), with a hook that was there before kept behind
 *			it; or behind that of pre-commit, which starts it
 *	a few lines	(marked.h) in what husky or lefthook start
 */
#ifndef HOOK_INSTALL_H
#define HOOK_INSTALL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/config.h"
#include "git/repo.h"

enum install_state {
	INSTALL_ABSENT,
	INSTALL_OURS,    /* our shim, and it starts this program */
	INSTALL_STALE,   /* our shim, of another version or program path */
	INSTALL_CHAINED, /* as OURS, with an earlier hook kept beside it */
	INSTALL_FOREIGN, /* somebody else's hook alone */
	INSTALL_NAMED,   /* the same; it cannot be renamed, so not chained */
	INSTALL_OUTSIDE, /* where nothing is done (outside.h) */
};

/* What stands, or what was (or, in a dry run, would be) done, one a hook. */
struct install_item {
	const char *hook; /* "pre-push" */
	const char *path; /* the file */
	enum install_state state;
	const char *text;  /* "installed", "already installed", "kept the hook
			    * that was there as pre-push.pre-retro" */
	const char *start; /* the file or the shell command, if git starts us
			    * by it and nothing else; or NULL */
};
struct install_report VEC_OF(struct install_item);

/* A git that runs hooks of its config (2.54) gets them there. For another,
 * ERR_UNSUPPORTED with what to do as hint where the folder of hooks lies
 * outside the repository, unless what lies there starts all of ours;
 * install_status() likewise. The report is whole all the same. Twice changes
 * nothing. */
MUST_USE struct err *install_hooks(struct install_report *out, struct arena *a,
				   struct repo *repo,
				   const struct config *config, bool dry_run);
MUST_USE struct err *install_remove(struct install_report *out, struct arena *a,
				    struct repo *repo,
				    const struct config *config);
MUST_USE struct err *install_status(struct install_report *out, struct arena *a,
				    struct repo *repo,
				    const struct config *config);

#endif
