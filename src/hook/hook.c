/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/hook.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/phrase.h"
#include "base/text.h"

const struct hook *const hook_table[] = {
	&hook_reference_transaction,
	&hook_pre_push,
	&hook_pre_commit,
	&hook_commit_msg,
	&hook_post_rewrite,
	NULL,
};

const struct hook *hook_find(const char *name)
{
	for (size_t i = 0; hook_table[i]; i++)
		if (!strcmp(hook_table[i]->name, name))
			return hook_table[i];
	if (!strcmp(hook_read_ahead.name, name))
		return &hook_read_ahead;
	if (!strcmp(hook_agent.name, name))
		return &hook_agent;
	return NULL;
}

struct err *hook_run(const struct hook *hook, struct hook_env *env, int *status)
{
	const struct diags *diags = env->policy_diags;

	for (size_t i = 0; i < diags->nr; i++)
		if (!strcmp(diags->at[i].rule, rule_table[RULE_YAML].name))
			return err_new(ERR_FAILED,
				       _("%s:%d:%d: %s; release checks are "
					 "disabled until this is fixed"),
				       diags->at[i].path, diags->at[i].pos.line,
				       diags->at[i].pos.column,
				       phrase_text(env->arena,
						   diag_said(&diags->at[i])));
	return hook->run(env, status);
}

void hook_say(struct hook_env *env, const char *fmt, ...)
{
	struct buf line = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&line, fmt, ap);
	va_end(ap);
	fprintf(stderr, "%sgit retro: %s\n", env->mark ? env->mark : "",
		text_cleaned(env->arena, line.p));
	buf_release(&line);
}
