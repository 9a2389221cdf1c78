/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The gate of a server: what a push brings is held to what the team decided
 * (`on-push` of HEAD's `.retro.yml`) before a ref moves. Its objects lie in
 * quarantine, and nothing is written.
 */
#ifndef HOOK_GATE_H
#define HOOK_GATE_H

#include <stdbool.h>

#include "base/err.h"
#include "hook/hook.h"

/* What the pusher gave with `git push -o retro.skip=<reason>`. */
struct gate_skip {
	bool allowed; /* receive.retroSkip of the server's git config */
	bool asked;
	const char *reason; /* NULL: none was given */
};

/* Looks through GIT_PUSH_OPTION_0 and following. */
void gate_read_skip(struct gate_skip *out, const struct config *config);

/* `env->in` has the lines of a pre-receive hook. 1 where the push is to be
 * rejected, also because something could not be looked at; 0 otherwise. */
int gate_run(struct hook_env *env, const struct gate_skip *skip);

#endif
