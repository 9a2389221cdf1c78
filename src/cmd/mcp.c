/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mcp: serves coding agents (mcp/server.h). It starts wherever it is started,
 * and says with each answer what is wrong with the place.
 */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <stdlib.h>
#include <unistd.h>

#include "cmd/run.h"
#include "mcp/server.h"

struct args {
	const char *repo;
};

static const struct opt opts[] = {
	OPT_STRING(0, "repo", struct args, repo, "<folder>",
		   N_("the repository (default: that of the agent's project, "
		      "or of the current folder)")),
	OPT_END,
};

static const char *const usage[] = { "mcp [--repo <folder>]", NULL };

/* Runs a command as from the command line, in a copy of the server. */
static struct err *run_here(struct mcp_output *out, const struct mcp_host *host,
			    struct arena *a, const struct strs *words)
{
	struct env *env = arena_alloc(a, sizeof(*env));
	struct err *e, *unopened;

	(void)host;
	*env = (struct env){ .arena = a, .out = &out->text };
	env->cmd = cmd_find(words->at[0]);
	e = run_cmd(env, (int)words->nr - 1, words->at + 1);
	out->unread = cmd_unread();
	if (!env->config)
		return e;
	out->place.policy = &env->policy;
	out->place.config = env->config;
	unopened = repo_open(&out->place.repo);
	if (!e)
		return unopened;
	err_free(unopened);
	return e;
}

/* Where agents start a server is anywhere; the folder of the project is in the
 * environment. */
static const char *go_to_project(const struct args *args)
{
	const char *named =
		args->repo ? args->repo : getenv("CLAUDE_PROJECT_DIR");

	if (named && *named && chdir(named))
		return "the folder that --repo or CLAUDE_PROJECT_DIR names "
		       "cannot be entered";
	return NULL;
}

static struct err *run_mcp(struct env *env)
{
	const struct args *args = env->args;
	struct mcp_host host = { .run = run_here };

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("unexpected argument '%s'"),
			       env->rest.at[0]);
	i18n_off();
	host.unfit = go_to_project(args);
	return server_run(&host);
}

static const char *const examples[] = {
	"git retro mcp",
	"git retro mcp --repo ~/src/app",
	NULL,
};

const struct cmd cmd_mcp = {
	.name = "mcp",
	.summary = N_("Serve coding agents that speak the Model Context "
		      "Protocol"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.run = run_mcp,
};
