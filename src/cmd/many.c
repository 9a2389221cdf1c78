/* SPDX-License-Identifier: GPL-2.0-only */
#include "many/many.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cmd/cmd.h"

#define SEARCH_LIMIT 10

static const char *text_of(const struct env *env, const char *name)
{
	return opt_text(env->cmd->opts, env->args, OPT_TYPE_STRING, name);
}

static bool is_on(const struct env *env, const char *name)
{
	return opt_is_on(env->cmd->opts, env->args, name);
}

const char *cmd_repos(const struct env *env)
{
	return opt_text(env->cmd->opts, env->args, OPT_TYPE_OPTIONAL, "repos");
}

/* What names something in one repository, or changes it. */
static struct err *refuse_many(const struct env *env)
{
	static const struct cmd *const with_words[] = { &cmd_search, &cmd_grep,
							&cmd_audit };
	bool words = false;

	for (size_t i = 0; i < ARRAY_SIZE(with_words); i++)
		words |= env->cmd == with_words[i];
	if (env->rest.nr && !words)
		return err_new(ERR_USAGE,
			       _("unexpected argument '%s' beside --repos"),
			       env->rest.at[0]);
	if (text_of(env, "verify"))
		return err_new(ERR_USAGE,
			       _("--verify cannot be used with --repos"));
	return NULL;
}

static struct err *fill_many(struct many *many, struct env *env,
			     const char *format)
{
	const char *output = text_of(env, "output");
	const char *limit = text_of(env, "limit");

	many->arena = env->arena;
	many->config = env->config;
	many->command = env->cmd->name;
	many->where = cmd_repos(env);
	many->format = format;
	many->sort = text_of(env, "sort");
	many->limit = limit ? strtoul(limit, NULL, 10) : SEARCH_LIMIT;
	many->recurring = is_on(env, "recurring");
	many->twins = is_on(env, "twins");
	many->between = env->cmd == &cmd_grep ? cmd_grep_between(env) : "";
	many->url = text_of(env, "url");
	many->force = is_on(env, "force");
	style_init(&many->style, env->config, 1);
	many->style.wide = is_on(env, "wide");
	return cmd_output_folder(&many->output, env->arena,
				 output ? output : "site");
}

struct err *cmd_many(struct env *env, const char *format, int argc,
		     const char *const *argv)
{
	struct buf out = BUF_INIT, said = BUF_INIT;
	struct many many = {
		.argv = argv, .argc = (size_t)argc, .out = &out, .said = &said
	};
	struct err *e = refuse_many(env), *unprinted = NULL;

	if (!e)
		e = fill_many(&many, env, format ? format : "human");
	if (!e)
		e = many_run(&many);
	env->status = many.status;
	if (out.n)
		unprinted = cmd_print(env, &out);
	fflush(stdout);
	fputs(said.p, stderr);
	buf_release(&out);
	buf_release(&said);
	if (!e)
		return unprinted;
	err_free(unprinted);
	return e;
}
