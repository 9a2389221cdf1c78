/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <stdio.h>

#include "store/corpus.h"
#include "store/query.h"
#include "view/record.h"
#include "view/term.h"

struct args {
	struct query query;
	int format;
};

static const struct opt opts[] = {
	QUERY_OPTS(struct args, query),
	OPT_CHOICE(0, "format", struct args, format, "<format>", format_names,
		   "human, json, ndjson or tsv"),
	OPT_END,
};

static const char *const usage[] = { "list [<option>...]", NULL };

static void render(struct buf *out, struct env *env, const struct args *args,
		   const struct retros *retros)
{
	struct style style;

	switch ((enum format)args->format) {
	case FORMAT_HUMAN:
		style_init(&style, env->config, 1);
		term_list(out, &style, retros);
		break;
	case FORMAT_JSON:
		record_json(out, env->arena, retros, false);
		break;
	case FORMAT_NDJSON:
		record_ndjson(out, env->arena, retros);
		break;
	case FORMAT_TSV:
		record_tsv(out, env->arena, retros);
		break;
	}
}

static struct err *run(struct env *env)
{
	const struct args *args = env->args;
	struct corpus corpus;
	struct buf out = BUF_INIT;
	struct err *e = query_check(&args->query);

	if (!e && env->rest.nr)
		e = err_hint(err_new(ERR_USAGE, "list takes no '%s'",
				     env->rest.at[0]),
			     "'git retro show %s' shows one", env->rest.at[0]);
	if (!e)
		e = corpus_load(&corpus, env->arena, env->repo, &env->policy,
				NULL);
	if (e)
		return e;
	query_filter(&corpus.retros, env->arena, &args->query);
	render(&out, env, args, &corpus.retros);
	e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&corpus.diags);
	return e;
}

const struct cmd cmd_list = {
	.name = "list",
	.summary = "List the retros, newest first",
	.usage = usage,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER,
	.run = run,
};
