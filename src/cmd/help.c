/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

static struct err *run_help(struct env *env)
{
	const char *name = env->rest.nr ? env->rest.at[0] : NULL;
	const struct cmd *cmd = name ? cmd_find(name) : NULL;
	struct buf out = BUF_INIT;
	struct err *e;

	if (env->rest.nr > 1)
		return err_new(ERR_USAGE, _("help takes at most one command"));
	if (name && !cmd)
		return cmd_unknown(env->arena, name);
	if (cmd)
		cmd_usage(&out, cmd);
	else
		cmd_overview(&out);
	e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

static const char *const usage[] = { "help [<command>]", NULL };

static const char *const examples[] = {
	"git retro help new",
	NULL,
};

const struct cmd cmd_help = {
	.name = "help",
	.summary = N_("List the commands, or the options of one"),
	.usage = usage,
	.examples = examples,
	.run = run_help,
};
