/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/proc.h"
#include "base/text.h"

/* One row a line. */
/* clang-format off */
const struct cmd *const cmd_table[] = {
	&cmd_init,
	&cmd_status,
	&cmd_jot,
	&cmd_new,
	&cmd_edit,
	&cmd_skip,
	&cmd_list,
	&cmd_show,
	&cmd_search,
	&cmd_grep,
	&cmd_pitfalls,
	&cmd_trials,
	&cmd_context,
	&cmd_trace,
	&cmd_audit,
	&cmd_env,
	&cmd_stats,
	&cmd_report,
	&cmd_site,
	&cmd_check,
	&cmd_review,
	&cmd_actions,
	&cmd_link,
	&cmd_unlink,
	&cmd_relink,
	&cmd_hooks,
	&cmd_hook,
	&cmd_doctor,
	&cmd_help,
	&cmd_completion,
	NULL,
};
/* clang-format on */

const struct cmd *cmd_find(const char *name)
{
	for (size_t i = 0; cmd_table[i]; i++)
		if (!strcmp(cmd_table[i]->name, name))
			return cmd_table[i];
	return NULL;
}

struct err *cmd_unknown(struct arena *a, const char *name)
{
	struct strs names = { 0 };
	const char *nearest;
	struct err *e = err_new(ERR_USAGE, "there is no command '%s'", name);

	for (size_t i = 0; cmd_table[i]; i++)
		if (!(cmd_table[i]->needs & CMD_HIDDEN))
			vec_push(a, &names, cmd_table[i]->name);
	nearest = text_nearest(name, &names);
	if (nearest)
		return err_hint(e, "did you mean '%s'?", nearest);
	return err_hint(e, "'git retro help' lists the commands");
}

void cmd_usage(struct buf *out, const struct cmd *cmd)
{
	for (size_t i = 0; cmd->usage[i]; i++)
		buf_addf(out, "%s git retro %s\n",
			 i ? "   or:" : "usage:", cmd->usage[i]);
	buf_addf(out, "\n%s\n", cmd->summary);
	if (cmd->opts && cmd->opts->type != OPT_TYPE_END) {
		buf_addch(out, '\n');
		opt_help(out, cmd->opts);
	}
}

void cmd_overview(struct buf *out)
{
	buf_addstr(out, "usage: git retro [--no-pager] <command> [<args>]\n\n"
			"Write down what was hard, how it was solved and which "
			"traps you fell into,\nand find it again.\n\n");
	for (size_t i = 0; cmd_table[i]; i++)
		if (!(cmd_table[i]->needs & CMD_HIDDEN))
			buf_addf(out, "   %-8s %s\n", cmd_table[i]->name,
				 cmd_table[i]->summary);
	buf_addstr(out, "\n'git retro <command> -h' lists its options, "
			"'git retro <command> --help'\nopens the manual.\n");
}

/* The pager as git chooses it: GIT_PAGER, pager.retro (a command, or a
 * boolean), core.pager, PAGER, less. */
static const char *choose_pager(const struct config *config)
{
	const char *pager = getenv("GIT_PAGER");
	const char *own = config_get(config, "pager.retro");

	if (own && !config_bool(config, "pager.retro", true))
		return "";
	if (own && !config_bool(config, "pager.retro", false))
		return own;
	if (!pager)
		pager = config_get(config, "core.pager");
	if (!pager)
		pager = getenv("PAGER");
	return pager ? pager : "less";
}

struct err *cmd_print(struct env *env, const struct buf *out)
{
	if (env->cmd->needs & CMD_PAGER && out->n && !env->no_pager) {
		struct err *e = proc_pager(choose_pager(env->config));

		if (e)
			return e;
	}
	fwrite(out->p, 1, out->n, stdout);
	return NULL;
}

void cmd_hint_unread(const struct diags *diags, const char *at)
{
	size_t errors = diag_count(diags, DIAG_ERROR);
	const char *what = errors == 1 ? "error" : "errors";

	fflush(stdout);
	if (errors && at)
		fprintf(stderr, "git retro: %zu %s in what was read at %s\n",
			errors, what, at);
	else if (errors)
		fprintf(stderr,
			"git retro: %zu %s in what was read; "
			"'git retro check' lists %s\n",
			errors, what, errors == 1 ? "it" : "them");
}
