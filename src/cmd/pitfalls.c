/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include "report/pitfalls.h"
#include "view/pitfalls.h"
#include "view/record.h"

struct args {
	struct query query;
	bool recurring;
	const char *at;
	bool wide;
	const char *repos;
	int format;
};

static const struct opt opts[] = {
	QUERY_OPTS(struct args, query),
	OPT_BOOL(0, "recurring", struct args, recurring,
		 N_("those that came back most often first")),
	OPT_STRING(0, "at", struct args, at, "<rev>",
		   N_("as of this revision")),
	OPT_BOOL(0, "wide", struct args, wide,
		 N_("do not cut to the width of the terminal")),
	OPT_REPOS(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>", format_names,
		   N_("human, json, ndjson or tsv")),
	OPT_END,
};

static const char *const usage[] = { "pitfalls [<option>...]", NULL };

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
		record_pitfalls_json(out, env->arena, pitfalls);
		break;
	case FORMAT_NDJSON:
		record_pitfalls_ndjson(out, env->arena, pitfalls);
		break;
	case FORMAT_TSV:
		record_pitfalls_tsv(out, env->arena, pitfalls);
		break;
	}
}

static struct err *run(struct env *env)
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
		e = pitfalls_list(&pitfalls, &corpus, &args->query);
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

const struct cmd cmd_pitfalls = {
	.name = "pitfalls",
	.summary = N_("List the pitfalls of all retros, newest first"),
	.usage = usage,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER | CMD_INDEX,
	.run = run,
};
