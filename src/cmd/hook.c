/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cmd/cmd.h"
#include "hook/hook.h"

/* More than this no hook is told: the rest is left unread. */
#define INPUT_MAX ((size_t)256 << 20)

/* What git writes to the hook, or an agent. */
static struct err *read_hook_input(struct buf *out)
{
	ssize_t n;

	do {
		buf_reserve(out, 65536);
		n = read(0, out->p + out->n, 65536);
		if (n > 0)
			buf_truncate(out, out->n + (size_t)n);
	} while ((n > 0 && out->n < INPUT_MAX) || (n < 0 && errno == EINTR));
	return n < 0 ? err_errno(_("cannot read input from git")) : NULL;
}

static struct err *run_hook(struct env *env)
{
	const struct hook *hook;
	struct strs args = { 0 };
	struct buf in = BUF_INIT;
	struct hook_env hook_env = {
		.arena = env->arena,
		.repo = env->repo,
		.config = env->config,
		.policy = &env->policy,
		.policy_diags = &env->policy_diags,
		.args = &args,
		.in = &in,
	};
	struct err *e;

	if (!env->rest.nr)
		return err_new(ERR_USAGE, _("hook needs a name"));
	hook = hook_find(env->rest.at[0]);
	if (!hook)
		return err_new(ERR_USAGE, _("unknown hook '%s'"),
			       env->rest.at[0]);
	for (size_t i = 1; i < env->rest.nr; i++)
		vec_push(env->arena, &args, env->rest.at[i]);
	e = read_hook_input(&in);
	if (!e)
		e = hook_run(hook, &hook_env, &env->status);
	buf_release(&in);
	return e;
}

static const char *const usage[] = { "hook <name> [<args>]", NULL };

const struct cmd cmd_hook = {
	.name = "hook",
	.summary = N_("Run a hook, as git does"),
	.usage = usage,
	.needs = CMD_REPO | CMD_HIDDEN | CMD_HOOK,
	.run = run_hook,
};
