/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/proc.h"
#include "base/text.h"

const struct cmd *const cmd_table[] = {
#define POINTER(name) &cmd_##name,
	CMD_TABLE(CMD_NO_TITLE, POINTER) NULL,
};

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
	const char *const *example = cmd->examples;

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
	if (example)
		buf_addf(out, "\n%s\n", _("examples:"));
	for (; example && *example; example++)
		buf_addf(out, "    %s\n", *example);
}

/* A title, or a command below it; neither ends the help. */
static const struct help_row {
	const char *title;
	const struct cmd *cmd;
} help_rows[] = {
#define TITLE(title)  { title, NULL },
#define COMMAND(name) { NULL, &cmd_##name },
	CMD_TABLE(TITLE, COMMAND)
};

void cmd_overview(struct buf *out)
{
	buf_addstr(out,
		   _("usage: git retro [--no-pager] <command> [<args>]\n\n"
		     "Write down what was hard, how it was solved and which "
		     "pitfalls you hit,\nand find it again.\n"));
	for (const struct help_row *row = help_rows; row->title || row->cmd;
	     row++) {
		if (row->title)
			buf_addf(out, "\n%s\n", _(row->title));
		else
			buf_addf(out, "   %-10s %s\n", row->cmd->name,
				 _(row->cmd->summary));
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
	if (!pager && own && !config_bool(config, "pager.retro", false))
		pager = own;
	if (!pager)
		pager = config_get(config, "core.pager");
	if (!pager)
		pager = getenv("PAGER");
	return pager ? pager : "less";
}

static int write_error;

void cmd_write(const struct buf *out)
{
	errno = 0;
	if ((fwrite(out->p, 1, out->n, stdout) < out->n || fflush(stdout)) &&
	    !write_error)
		write_error = errno;
}

int cmd_write_error(void)
{
	return write_error;
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
	cmd_write(out);
	return NULL;
}

static size_t unread_errors;

size_t cmd_unread(void)
{
	return unread_errors;
}

void cmd_hint_unread(const struct diags *diags, const char *at)
{
	size_t errors = diag_count(diags, DIAG_ERROR);

	unread_errors += errors;
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
