/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A git hook: one file in hook/ that exports one of these, one row in
 * hook.c, and one shim in hooks/. `git retro hook <name>` runs it; the shim
 * and git-retro-hook (front.c) see to it that this happens only when there is
 * likely something to say.
 *
 * An error that a hook returns is printed as one line and never blocks git:
 * only a `*status` that the hook sets on purpose does.
 */
#ifndef HOOK_HOOK_H
#define HOOK_HOOK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "git/config.h"
#include "git/repo.h"
#include "model/diag.h"
#include "model/policy.h"

struct hook_env {
	struct arena *arena;
	struct repo *repo;
	struct config *config;
	const struct policy *policy;
	const struct diags *policy_diags; /* problems of `.retro.yml` */
	const struct strs *args;          /* as git gave them to the hook */
	const struct buf *in;             /* what git wrote to its stdin */
	const char *mark; /* in front of each line to the person; NULL */
};

struct hook {
	const char *name;    /* "pre-push" */
	const char *summary; /* for `git retro hooks status` and the manual */
	struct err *(*run)(struct hook_env *env, int *status);
};

extern const struct hook *const hook_table[];   /* ends with NULL */
const struct hook *hook_find(const char *name); /* NULL if unknown */

/* Runs one. Where `.retro.yml` is not YAML, nobody knows what the team chose:
 * the error says so, and the hook is not run. */
MUST_USE struct err *hook_run(const struct hook *hook, struct hook_env *env,
			      int *status);

/* One line to the person, on stderr: "git retro: ...", cleaned. */
void hook_say(struct hook_env *env, const char *fmt, ...) PRINTF(2, 3);

extern const struct hook hook_commit_msg;
extern const struct hook hook_post_rewrite;
extern const struct hook hook_pre_commit;
extern const struct hook hook_pre_push;
extern const struct hook hook_reference_transaction;
/* What pre-commit starts by itself, and what agents do: not git's, and in no
 * table. */
extern const struct hook hook_read_ahead;
extern const struct hook hook_agent;

#endif
