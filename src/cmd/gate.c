/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The gate: git's pre-receive hook on a server.
 */
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "git/ref.h"
#include "git/repo.h"
#include "git/rev.h"
#include "hook/gate.h"

/* A line for each ref: no push has so many. */
#define INPUT_MAX ((size_t)256 << 20)

/* Before the first push there are no settings, and nothing is asked. */
static struct err *has_settings(bool *out, struct env *env)
{
	struct oid head;
	struct err *e = rev_head(&head, env->repo);

	*out = !e;
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	return e;
}

/* A HEAD that names a branch which nobody pushed leaves every push unchecked:
 * git's own default is such a name where a project has another. */
static struct err *warn_unborn(struct env *env, struct hook_env *hook)
{
	struct refs refs = { 0 };
	struct err *e = ref_list(&refs, env->arena, env->repo, REFS_BRANCHES);

	if (!e && refs.nr)
		hook_say(hook,
			 _("this push was not checked: HEAD of this server "
			   "names a branch that does not exist; there: git "
			   "symbolic-ref HEAD refs/heads/%s"),
			 text_cleaned(env->arena, refs.at[0].name));
	return e;
}

/* What keeps a push from being looked at; its pusher must see it. */
static void say_failure(struct env *env, struct hook_env *hook, struct err *e)
{
	hook_say(hook, "%s", e->text);
	if (e->hint)
		hook_say(hook, "%s", e->hint);
	env->status = EXIT_FAILED;
	err_free(e);
}

static struct err *check_reason(const struct gate_skip *skip)
{
	if (!skip->asked || !skip->allowed || skip->reason)
		return NULL;
	return err_hint(
		err_new(ERR_FAILED, _("push option retro.skip needs a reason")),
		_("to push anyway: git push -o "
		  "retro.skip='<reason>'"));
}

static struct err *run_gate(struct env *env)
{
	struct buf in = BUF_INIT;
	struct hook_env hook = {
		.arena = env->arena,
		.repo = env->repo,
		.config = env->config,
		.policy = &env->policy,
		.policy_diags = &env->policy_diags,
		.args = &env->rest,
		.in = &in,
		/* GitLab shows its user only such lines. */
		.mark = getenv("GL_ID") ? "GL-HOOK-ERR: " : NULL,
	};
	struct gate_skip skip;
	bool settled;
	struct err *e;

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("gate takes no arguments"));
	repo_leave_untouched(env->repo);
	gate_read_skip(&skip, env->config);
	e = check_reason(&skip);
	if (!e)
		e = file_read_stdin(&in, INPUT_MAX);
	if (!e)
		e = has_settings(&settled, env);
	if (!e && settled)
		env->status = gate_run(&hook, &skip);
	else if (!e)
		e = warn_unborn(env, &hook);
	if (e)
		say_failure(env, &hook, e);
	buf_release(&in);
	return NULL;
}

static const char *const usage[] = { "gate", NULL };

static const char *const examples[] = {
	"git retro gate <refs",
	NULL,
};

const struct cmd cmd_gate = {
	.name = "gate",
	.summary =
		N_("Check what a push brings, as a server's pre-receive hook"),
	.usage = usage,
	.examples = examples,
	.needs = CMD_REPO,
	.run = run_gate,
};
