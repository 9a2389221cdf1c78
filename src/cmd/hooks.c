/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cmd/attributes.h"
#include "cmd/cmd.h"
#include "hook/install.h"
#include "hook/server.h"

struct hooks_args {
	bool dry_run, server;
};

static const struct opt opts[] = {
	OPT_BOOL('n', "dry-run", struct hooks_args, dry_run,
		 N_("only show what install would do")),
	OPT_BOOL(0, "server", struct hooks_args, server,
		 N_("the gate of a server (pre-receive) instead")),
	OPT_END,
};

/* What `init` set in this clone goes with the hooks. */
static struct err *uninstall_hooks(struct install_report *report,
				   struct buf *more, struct env *env)
{
	struct err *e =
		install_remove(report, env->arena, env->repo, env->config);

	return e ? e : attributes_remove(more, env);
}

static struct err *print_install(struct env *env,
				 const struct install_report *report,
				 const struct buf *more)
{
	struct buf out = BUF_INIT;
	struct err *e;

	for (size_t i = 0; i < report->nr; i++) {
		const struct install_item *item = &report->at[i];

		buf_addf(&out, "%s: %s\n    %s\n", item->hook,
			 text_cleaned(env->arena, item->text),
			 text_cleaned(env->arena, item->path));
	}
	buf_add(&out, more->p, more->n);
	e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

/* A negative answer if a hook is missing or not as it should be. */
static int judge_install(const struct install_report *report)
{
	for (size_t i = 0; i < report->nr; i++)
		if (report->at[i].state != INSTALL_OURS &&
		    report->at[i].state != INSTALL_CHAINED)
			return EXIT_NEGATIVE;
	return EXIT_DONE;
}

static struct err *run_hooks(struct env *env)
{
	const struct hooks_args *args = env->args;
	const char *verb = env->rest.nr == 1 ? env->rest.at[0] : "";
	struct install_report report = { 0 };
	struct buf more = BUF_INIT;
	struct err *e, *failed;

	if (args->dry_run && strcmp(verb, "install") != 0)
		return err_new(ERR_USAGE, _("--dry-run goes with 'install'"));
	if (args->server && !strcmp(verb, "install"))
		e = server_install(&report, env->arena, env->repo, env->config,
				   args->dry_run);
	else if (args->server && !strcmp(verb, "uninstall"))
		e = server_remove(&report, env->arena, env->repo, env->config);
	else if (args->server && !strcmp(verb, "status"))
		e = server_status(&report, env->arena, env->repo, env->config);
	else if (!strcmp(verb, "install"))
		e = install_hooks(&report, env->arena, env->repo, env->config,
				  args->dry_run);
	else if (!strcmp(verb, "uninstall"))
		e = uninstall_hooks(&report, &more, env);
	else if (!strcmp(verb, "status"))
		e = install_status(&report, env->arena, env->repo, env->config);
	else
		return err_hint(
			err_new(ERR_USAGE, _("hooks needs a subcommand: "
					     "install, uninstall or status")),
			_("'git retro hooks -h' tells more"));
	if (!strcmp(verb, "status") && !e)
		env->status = judge_install(&report);
	failed = print_install(env, &report, &more);
	buf_release(&more);
	if (!e)
		return failed;
	err_free(failed);
	return e;
}

static const char *const usage[] = {
	"hooks install [--dry-run] [--server]",
	"hooks uninstall [--server]",
	"hooks status [--server]",
	NULL,
};

static const char *const examples[] = {
	"git retro hooks status",
	"git retro hooks install",
	NULL,
};

const struct cmd cmd_hooks = {
	.name = "hooks",
	.summary = N_("Install, remove or inspect the git hooks"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct hooks_args),
	.needs = CMD_REPO,
	.run = run_hooks,
};
