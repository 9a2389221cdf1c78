/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A hook in git config, as git 2.54 and later have them:
 *
 *	[hook "retro-pre-push"]
 *		command = ...
 *		event = pre-push
 *
 * It stands in no other tool's way. The command does nothing where the program
 * is gone.
 */
#ifndef HOOK_DECLARED_H
#define HOOK_DECLARED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/config.h"
#include "git/repo.h"

/* Of all such names of ours in git config. */
#define DECLARED_PREFIX "hook.retro-"

struct declared {
	bool there; /* something bears the name */
	bool same;  /* as we would write it now */
	bool off;   /* hook.<name or event>.enabled says no */
	/* Where it stands, if that is not the repository's own config: then it
	 * is not ours to change. Else NULL. */
	const char *elsewhere;
	const char *command; /* as we would write it now */
};

/* Whether the git that answers us runs such hooks. */
MUST_USE struct err *declared_works(bool *out, struct arena *a);

MUST_USE struct err *declared_find(struct declared *out, struct arena *a,
				   const struct repo *repo,
				   const struct config *config,
				   const char *hook);

/* Both through `git config --local`. */
MUST_USE struct err *declared_add(const char *hook,
				  const struct declared *declared,
				  struct arena *a);
MUST_USE struct err *declared_remove(const char *hook, struct arena *a);

#endif
