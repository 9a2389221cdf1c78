/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commits were rewritten: git says which became which. That is all that is
 * remembered here; `git retro relink` updates the links, and nothing else does.
 */
#include "front/queue.h"
#include "hook/hook.h"

static struct err *run_post_rewrite(struct hook_env *env, int *status)
{
	const char *command = env->args->nr ? env->args->at[0] : "";

	*status = 0;
	queue_append(repo_git_dir(env->repo), repo_common_dir(env->repo),
		     command, env->in->p, env->in->n);
	return NULL;
}

const struct hook hook_post_rewrite = {
	.name = "post-rewrite",
	.summary = "Remembers which commit took the place of which",
	.run = run_post_rewrite,
};
