/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The message of a commit is written: where it names the cause or the fix of a
 * past problem ("Fixes: 77aa01f3c2"), or speaks of what the change meets, the
 * pitfall of that is told. Git has the message in a file of its own, whose name
 * is the hook's argument; but a tool that starts hooks may hand no arguments on.
 * Nothing stops the commit.
 */
#include "base/file.h"
#include "front/message.h"
#include "hook/hint.h"
#include "hook/hook.h"

#define MESSAGE_MAX ((size_t)1 << 20)

static struct err *run(struct hook_env *env, int *status)
{
	struct context_question question = { .is_change = true };
	struct buf text = BUF_INIT;
	struct err *e;

	*status = 0;
	if (env->policy->on_commit == ON_COMMIT_OFF)
		return NULL;
	e = file_read_own(
		&text,
		path_join(env->arena, repo_git_dir(env->repo), MESSAGE_FILE),
		MESSAGE_MAX);
	question.message =
		arena_strndup(env->arena, text.p, message_length(text.p));
	if (!e)
		e = hint_staged(&question, env);
	if (!e)
		e = hint_tell(env, &question, &question.paths);
	buf_release(&text);
	return e;
}

const struct hook hook_commit_msg = {
	.name = "commit-msg",
	.summary = "Tells past pitfalls that a message speaks of",
	.run = run,
};
