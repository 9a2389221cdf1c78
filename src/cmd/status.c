/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include "hook/install.h"
#include "report/status.h"
#include "view/record.h"
#include "view/status.h"

struct args {
	bool exit_code;
	bool wide;
	const char *repos;
	int format;
};

static const struct opt opts[] = {
	OPT_BOOL(0, "exit-code", struct args, exit_code,
		 N_("exit 1 if anything is missing, overdue or broken")),
	CMD_OPT_WIDE(struct args),
	OPT_REPOS(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>",
		   format_names_json, N_("human or json")),
	OPT_END,
};

static const char *const usage[] = {
	"status [--exit-code] [--format <format>]",
	NULL,
};

static const char *state_name(enum install_state state)
{
	static const char *const names[] = {
		[INSTALL_ABSENT] = "absent",   [INSTALL_OURS] = "installed",
		[INSTALL_STALE] = "stale",     [INSTALL_CHAINED] = "chained",
		[INSTALL_FOREIGN] = "foreign", [INSTALL_NAMED] = "foreign",
		[INSTALL_OUTSIDE] = "outside",
	};

	return names[state];
}

/* In a bare repository nobody tags or pushes: no hook of ours is missed. */
static struct err *look_at_status_hooks(struct status_hooks *out,
					struct env *env)
{
	struct install_report report = { 0 };
	struct err *e;

	if (!repo_work_tree(env->repo))
		return NULL;
	e = install_status(&report, env->arena, env->repo, env->config);
	if (e && e->code == ERR_UNSUPPORTED) {
		err_free(e); /* the states tell */
		e = NULL;
	}
	for (size_t i = 0; !e && i < report.nr; i++)
		vec_push(
			env->arena, out,
			(struct status_hook){ report.at[i].hook,
					      state_name(report.at[i].state) });
	return e;
}

static struct err *run_status(struct env *env)
{
	const struct args *args = env->args;
	struct status_hooks hooks = { 0 };
	struct status_report status;
	struct corpus corpus;
	struct style style;
	struct buf out = BUF_INIT;
	struct err *e;

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("unexpected argument '%s'"),
			       env->rest.at[0]);
	e = look_at_status_hooks(&hooks, env); /* while the index is read */
	if (!e)
		e = corpus_open(&corpus, env->arena, env->repo, &env->policy,
				NULL);
	if (!e)
		e = status_load(&status, &corpus, &env->policy_diags);
	if (e)
		return e;
	style_init(&style, env->config, 1);
	style.wide = args->wide;
	if (args->format == FORMAT_JSON)
		record_status(&out, env->arena, &status, &hooks);
	else
		status_text(&out, &style, &status, &hooks);
	e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&corpus.diags, NULL);
	if (args->exit_code && !status_is_good(&status))
		env->status = EXIT_NEGATIVE;
	return e;
}

static const char *const examples[] = {
	"git retro status",
	"git retro status --exit-code",
	NULL,
};

const struct cmd cmd_status = {
	.name = "status",
	.summary = N_("Show which releases have no retro, and what is overdue"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_INDEX,
	.run = run_status,
};
