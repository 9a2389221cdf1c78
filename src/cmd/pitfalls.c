/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <string.h>

#include "cmd/change.h"
#include "model/body.h"
#include "model/edit.h"
#include "report/pitfalls.h"
#include "view/pitfalls.h"
#include "view/record.h"

struct args {
	struct query query;
	bool recurring, stale;
	const char *at;
	bool wide;
	const char *repos;
	int format;
};

static const struct opt opts[] = {
	QUERY_OPTS(struct args, query),
	OPT_BOOL(0, "recurring", struct args, recurring,
		 N_("those that came back most often first")),
	OPT_BOOL(0, "stale", struct args, stale,
		 N_("those whose code was all replaced since")),
	CMD_OPT_AT(struct args),
	CMD_OPT_WIDE(struct args),
	OPT_REPOS(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>", format_names,
		   N_("human, json, ndjson or tsv")),
	OPT_END,
};

static const char *const usage[] = {
	"pitfalls [<option>...]",
	"pitfalls retire <retro>#P1...",
	"pitfalls reopen <retro>#P1...",
	NULL,
};

static void render_pitfalls(struct buf *out, struct env *env,
			    const struct listed_pitfalls *pitfalls)
{
	const struct args *args = env->args;
	struct style style;

	switch ((enum format)args->format) {
	case FORMAT_HUMAN:
		style_init(&style, env->config, 1);
		style.wide = args->wide;
		pitfalls_put(out, &style, pitfalls);
		break;
	case FORMAT_JSON:
		record_pitfalls_json(out, pitfalls);
		break;
	case FORMAT_NDJSON:
		record_pitfalls_ndjson(out, pitfalls);
		break;
	case FORMAT_TSV:
		record_pitfalls_tsv(out, env->arena, pitfalls);
		break;
	}
}

/* --- changing --- */

static struct err *retire_pitfall(struct env *env, const char *name,
				  bool retire)
{
	const char *retro, *number;
	struct change change = { 0 };
	struct buf bytes = BUF_INIT;
	struct err *e;

	if (!problem_split(&retro, &number, env->arena, name))
		return err_hint(
			err_new(ERR_USAGE, _("'%s' is not a pitfall"), name),
			_("write it as <retro>#P1; 'git retro pitfalls' lists "
			  "them"));
	e = change_begin(&change, env, retro);
	if (!e && !body_pitfall(change.retro->body, number))
		e = err_new(ERR_NOT_FOUND, _("%s has no pitfall %s"),
			    change.retro->id, number);
	if (!e)
		e = retire ? edit_add(&bytes, env->arena, change.retro,
				      "retired", number)
			   : edit_remove(&bytes, env->arena, change.retro,
					 "retired", number);
	if (!e)
		e = change_write(&change, &bytes);
	change_end(&change);
	buf_release(&bytes);
	return err_context(e, "%s", name);
}

static struct err *retire_pitfalls(struct env *env, bool retire)
{
	struct err *e = NULL;

	if (!repo_work_tree(env->repo))
		return err_hint(err_new(ERR_UNSUPPORTED,
					_("'pitfalls %s' needs a work tree, "
					  "and this repository is bare"),
					env->rest.at[0]),
				_("run it in a clone"));
	if (env->rest.nr < 2)
		e = err_hint(err_new(ERR_USAGE, _("'%s' needs a pitfall"),
				     env->rest.at[0]),
			     _("'git retro pitfalls' lists them"));
	for (size_t i = 1; !e && i < env->rest.nr; i++)
		e = retire_pitfall(env, env->rest.at[i], retire);
	return e;
}

/* --- the command --- */

static struct err *list_pitfalls(struct env *env)
{
	const struct args *args = env->args;
	struct listed_pitfalls pitfalls = { 0 };
	struct corpus corpus;
	struct buf out = BUF_INIT;
	struct err *e = NULL;

	if (env->rest.nr)
		e = err_hint(
			err_new(ERR_USAGE, _("unexpected argument '%s'"),
				env->rest.at[0]),
			_("'git retro grep %s --in pitfalls' searches them"),
			env->rest.at[0]);
	if (!e)
		e = query_check(&args->query);
	if (!e)
		e = corpus_open(&corpus, env->arena, env->repo, &env->policy,
				args->at);
	if (!e)
		e = query_check_names(&corpus, &args->query, env->config);
	if (!e)
		e = pitfalls_list(&pitfalls, &corpus, &args->query);
	if (e)
		return e;
	if (args->stale)
		e = pitfalls_keep_gone(&pitfalls, &corpus);
	if (e)
		return e;
	if (args->recurring)
		pitfalls_sort_recurring(&pitfalls);
	render_pitfalls(&out, env, &pitfalls);
	e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&corpus.diags, args->at);
	return e;
}

static struct err *run_pitfalls(struct env *env)
{
	const char *verb = env->rest.nr ? env->rest.at[0] : "";

	if (!strcmp(verb, "retire") || !strcmp(verb, "reopen"))
		return retire_pitfalls(env, !strcmp(verb, "retire"));
	return list_pitfalls(env);
}

static const char *const examples[] = {
	"git retro pitfalls --recurring",
	"git retro pitfalls --path src/loader.c",
	NULL,
};

const struct cmd cmd_pitfalls = {
	.name = "pitfalls",
	.summary = N_("List the pitfalls of all retros, newest first"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER | CMD_INDEX,
	.run = run_pitfalls,
};
