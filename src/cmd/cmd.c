/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
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
	&cmd_export,
	&cmd_import,
	&cmd_notify,
	&cmd_check,
	&cmd_review,
	&cmd_actions,
	&cmd_link,
	&cmd_unlink,
	&cmd_relink,
	&cmd_hooks,
	&cmd_gate,
	&cmd_hook,
	&cmd_mcp,
	&cmd_merge_file,
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
	struct err *e = err_new(ERR_USAGE, _("unknown command '%s'"), name);

	for (size_t i = 0; cmd_table[i]; i++)
		if (!(cmd_table[i]->needs & CMD_HIDDEN))
			vec_push(a, &names, cmd_table[i]->name);
	nearest = text_nearest(name, &names);
	if (nearest)
		return err_hint(e, _("did you mean '%s'?"), nearest);
	return err_hint(e, _("'git retro help' lists the commands"));
}

void cmd_usage(struct buf *out, const struct cmd *cmd)
{
	const char *const *example = cmd_examples(cmd);

	for (size_t i = 0; cmd->usage[i]; i++)
		buf_addf(out,
			 i ? _("   or: git retro %s\n")
			   : _("usage: git retro %s\n"),
			 cmd->usage[i]);
	buf_addf(out, "\n%s\n", _(cmd->summary));
	if (cmd->opts && cmd->opts->type != OPT_TYPE_END) {
		buf_addch(out, '\n');
		opt_help(out, cmd->opts);
	}
	if (*example)
		buf_addf(out, "\n%s\n", _("examples:"));
	for (; *example; example++)
		buf_addf(out, "    %s\n", *example);
}

/* What one wants to do, and the commands for it. */
/* clang-format off */
static const struct {
	const char *title;
	const struct cmd *const commands[9];
} groups[] = {
	{ N_("set up"), { &cmd_init, &cmd_hooks, &cmd_gate, &cmd_mcp,
			  &cmd_doctor } },
	{ N_("write"), { &cmd_jot, &cmd_new, &cmd_import, &cmd_edit,
			 &cmd_skip,
			 &cmd_actions } },
	{ N_("find"), { &cmd_search, &cmd_grep, &cmd_list, &cmd_show,
			&cmd_pitfalls, &cmd_trials, &cmd_context } },
	{ N_("link and trace"), { &cmd_link, &cmd_unlink, &cmd_relink,
				  &cmd_trace, &cmd_audit, &cmd_env } },
	{ N_("check and report"), { &cmd_status, &cmd_check, &cmd_review,
				    &cmd_stats, &cmd_report, &cmd_site, &cmd_export, &cmd_notify } },
	{ N_("help"), { &cmd_help } },
};
/* clang-format on */

void cmd_overview(struct buf *out)
{
	buf_addstr(out,
		   _("usage: git retro [--no-pager] <command> [<args>]\n\n"
		     "Write down what was hard, how it was solved and which "
		     "pitfalls you hit,\nand find it again.\n"));
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		buf_addf(out, "\n%s\n", _(groups[i].title));
		for (size_t j = 0; groups[i].commands[j]; j++)
			buf_addf(out, "   %-10s %s\n",
				 groups[i].commands[j]->name,
				 _(groups[i].commands[j]->summary));
	}
	buf_addstr(out, _("\n'git retro <command> -h' lists its options, "
			  "'git retro <command> --help'\nopens the manual.\n"));
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
	if (env->out) {
		buf_add(env->out, out->p, out->n);
		return NULL;
	}
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

	fflush(stdout);
	if (errors && at)
		fprintf(stderr,
			Q_("git retro: %zu error in the retros of %s\n",
			   "git retro: %zu errors in the retros of %s\n",
			   errors),
			errors, at);
	else if (errors)
		fprintf(stderr,
			Q_("git retro: %zu error in the retros; to see it: git "
			   "retro check\n",
			   "git retro: %zu errors in the retros; to see them: "
			   "git retro check\n",
			   errors),
			errors);
}
