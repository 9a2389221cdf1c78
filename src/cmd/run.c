/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/run.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/phrase.h"
#include "corpus/settings.h"
#include "index/index.h"

static struct err *open_repo(struct env *env)
{
	struct err *e = NULL;

	if (cmd_repos(env))
		return NULL;
	if (env->cmd->needs & (CMD_REPO | CMD_WORK_TREE))
		e = repo_open(&env->repo);
	if (!e && env->cmd->needs & CMD_WORK_TREE && !repo_work_tree(env->repo))
		e = err_hint(err_new(ERR_UNSUPPORTED,
				     _("'%s' needs a work tree, and this "
				       "repository is bare"),
				     env->cmd->name),
			     _("run it in a clone"));
	return e;
}

/* Both options name another place than the work tree, in whatever command. */
static bool reads_index(const struct env *env)
{
	const struct opt *opts = env->cmd->opts;

	return env->cmd->needs & CMD_INDEX &&
	       !opt_text(opts, env->args, OPT_TYPE_STRING, "at") &&
	       !opt_is_on(opts, env->args, "history");
}

static struct err *set_up(struct env *env)
{
	struct config_reading *reading;
	/* The gate relies on nothing that is kept. */
	struct err *e =
		config_begin(&reading, env->arena, env->cmd != &cmd_gate);
	struct err *unread;

	if (e)
		return e;
	env->policy_diags.arena = env->arena;
	policy_init(&env->policy, env->arena);
	e = open_repo(env);
	if (!e && env->repo)
		settings_read(&env->policy, env->arena, &env->policy_diags,
			      env->repo);
	if (!e && env->repo && reads_index(env))
		index_ahead_begin(env->repo, &env->policy);
	unread = config_end(&env->config, reading);
	if (e)
		err_free(unread);
	else
		e = unread;
	if (!e && env->repo)
		settings_override(&env->policy, env->arena, &env->policy_diags,
				  env->repo, env->config);
	return e;
}

/* A policy that could not be read whole is not silently the default: the first
 * problem is named. `check` lists them all, `status` the errors, `gate` says it
 * to who pushes, and a hook stays quiet. */
static void name_policy_problem(const struct env *env)
{
	const struct diags *diags = &env->policy_diags;
	const struct diag *first = diags->at;
	const char *text;

	if (!diags->nr || env->cmd == &cmd_check || env->cmd == &cmd_gate ||
	    env->cmd->needs & CMD_HOOK ||
	    (env->cmd == &cmd_status && first->level == DIAG_ERROR))
		return;
	text = phrase_text(env->arena, diag_said(first));
	if (first->pos.line)
		fprintf(stderr, "git retro: %s:%d: %s\n", first->path,
			first->pos.line, text);
	else
		fprintf(stderr, "git retro: %s: %s\n", first->path, text);
	if (diags->nr > 1)
		fprintf(stderr,
			_("hint: %zu more; to see them: git retro check\n"),
			diags->nr - 1);
}

/* The value of --format; NULL if the command has none. */
static const char *chosen_format(const struct env *env)
{
	return opt_choice(env->cmd->opts, env->args, "format");
}

/* What a program reads is the same in every language. */
static bool is_for_programs(const char *format)
{
	static const char *const for_people[] = { "human", "markdown", "html",
						  "github" };

	for (size_t i = 0; format && i < ARRAY_SIZE(for_people); i++)
		if (!strcmp(format, for_people[i]))
			return false;
	return format != NULL;
}

/* A review, a digest and the notices of a forge are read by the team, in the
 * language of its settings; where they name none, in the person's. */
static void speak_for_team(const struct env *env, const char *format)
{
	bool shared = env->cmd == &cmd_review || env->cmd == &cmd_notify ||
		      (format && (!strcmp(format, "github") ||
				  !strcmp(format, "markdown")));

	for (size_t i = 0; i < policy_count; i++)
		if (shared && env->repo &&
		    !strcmp(policy_table[i].key, "language") &&
		    policy_origin(&env->policy, &policy_table[i]))
			i18n_speak(env->policy.language == LANGUAGE_ZH ? "zh_CN"
								       : "en");
}

struct err *run_cmd(struct env *env, int argc, const char *const *argv)
{
	static const struct opt no_opts[] = { OPT_END };
	const struct cmd *cmd = env->cmd;
	void *args = arena_alloc(env->arena, cmd->args_size + 1);
	struct err *e;

	env->args = args;
	e = opt_parse(args, &env->rest, env->arena,
		      cmd->opts ? cmd->opts : no_opts, argc, argv);
	if (e)
		return err_hint(e, _("'git retro %s -h' lists the options"),
				cmd->name);
	if (cmd != &cmd_notify && is_for_programs(chosen_format(env)))
		i18n_off();
	e = set_up(env);
	if (e && e->code == ERR_NOT_FOUND && !env->repo &&
	    cmd->needs & CMD_HOOK) {
		err_free(e); /* an agent also works outside of repositories */
		return NULL;
	}
	if (!e) {
		speak_for_team(env, chosen_format(env));
		name_policy_problem(env);
		e = cmd_repos(env) && !(cmd->needs & CMD_MANY)
			    ? cmd_many(env, chosen_format(env), argc, argv)
			    : cmd->run(env);
	}
	index_ahead_end();
	repo_close(env->repo);
	return e;
}
