/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <stdio.h>

#include "corpus/corpus.h"
#include "corpus/query.h"
#include "view/record.h"
#include "view/term.h"

struct args {
	struct query query;
	const char *at;
	bool all;
	bool wide;
	const char *repos;
	int format;
};

static const struct opt opts[] = {
	QUERY_OPTS(struct args, query),
	CMD_OPT_AT(struct args),
	OPT_BOOL(0, "all", struct args, all,
		 N_("of every local and remote-tracking branch, too")),
	CMD_OPT_WIDE(struct args),
	OPT_REPOS(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>", format_names,
		   N_("human, json, ndjson or tsv")),
	OPT_END,
};

static const char *const usage[] = { "list [<option>...]", NULL };

static void render_list(struct buf *out, struct env *env,
			const struct args *args, const struct corpus *corpus)
{
	const struct corpus *where = args->all ? corpus : NULL;
	const struct retros *retros = &corpus->retros;
	struct style style;

	switch ((enum format)args->format) {
	case FORMAT_HUMAN:
		style_init(&style, env->config, 1);
		style.wide = args->wide;
		term_list(out, &style, retros, where);
		break;
	case FORMAT_JSON:
		record_json(out, env->arena, retros, 0, where);
		break;
	case FORMAT_NDJSON:
		record_ndjson(out, env->arena, retros, 0, where);
		break;
	case FORMAT_TSV:
		record_tsv(out, env->arena, retros, where);
		break;
	}
}

static struct err *check_list_args(const struct env *env,
				   const struct args *args)
{
	if (env->rest.nr)
		return err_hint(
			err_new(ERR_USAGE, _("unexpected argument '%s'"),
				env->rest.at[0]),
			_("'git retro show %s' shows one"), env->rest.at[0]);
	if (args->at && args->all)
		return err_hint(
			err_new(ERR_USAGE,
				_("--at and --all cannot be used together")),
			_("--at reads one revision, --all every branch"));
	return query_check(&args->query);
}

static struct err *open_listed(struct corpus *out, struct env *env,
			       const struct args *args)
{
	if (args->all)
		return corpus_open_all(out, env->arena, env->repo,
				       &env->policy);
	return corpus_open(out, env->arena, env->repo, &env->policy, args->at);
}

static struct err *run_list(struct env *env)
{
	const struct args *args = env->args;
	struct query query = args->query;
	struct corpus corpus;
	struct buf out = BUF_INIT;
	struct err *e = check_list_args(env, args);

	query.config = env->config;
	if (!e)
		e = open_listed(&corpus, env, args);
	if (!e)
		e = query_check_names(&corpus, &query, env->config);
	if (!e)
		e = query_filter(&corpus, &query);
	if (e)
		return e;
	query_sort(&corpus, &args->query);
	if (args->format == FORMAT_JSON || args->format == FORMAT_NDJSON)
		corpus_zones(&corpus, &corpus.retros);
	render_list(&out, env, args, &corpus);
	e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&corpus.diags, args->at);
	return e;
}

static const char *const examples[] = {
	"git retro list --status draft",
	"git retro list --since \"2 weeks ago\" --path src/",
	"git retro list --sort -severity",
	NULL,
};

const struct cmd cmd_list = {
	.name = "list",
	.summary = N_("List retros, newest first"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER | CMD_INDEX,
	.run = run_list,
};
