/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include "base/i18n.h"
#include "corpus/query.h"
#include "report/stats.h"
#include "report/stats_kept.h"
#include "view/stats.h"

struct args {
	struct query query;
	int by;
	bool wide;
	const char *repos;
	int format;
};

enum { STATS_HUMAN, STATS_JSON, STATS_TSV, STATS_MARKDOWN };
static const char *const formats[] = { "human", "json", "tsv", "markdown",
				       NULL };

static const struct opt opts[] = {
	OPT_CHOICE(0, "by", struct args, by, "<what>", stats_by_names,
		   N_("quarter, month, year, release, kind, label or path")),
	QUERY_OPT_SINCE(struct args, query),
	QUERY_OPT_UNTIL(struct args, query),
	QUERY_OPT_KIND(struct args, query),
	QUERY_OPT_LABEL(struct args, query),
	QUERY_OPT_PATH(struct args, query),
	CMD_OPT_WIDE(struct args),
	OPT_REPOS(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>", formats,
		   N_("human, json, tsv or markdown")),
	OPT_END,
};

static const char *const usage[] = {
	"stats [--by <what>] [<option>...]",
	NULL,
};

static void render_stats(struct buf *out, struct env *env,
			 const struct stats *stats)
{
	const struct args *args = env->args;
	struct style style;

	style_init(&style, env->config, 1);
	style.wide = args->wide;
	if (args->format == STATS_JSON)
		stats_json(out, stats);
	else if (args->format == STATS_TSV)
		stats_tsv(out, stats);
	else if (args->format == STATS_MARKDOWN)
		stats_markdown(out, env->arena, stats);
	else
		stats_text(out, &style, env->arena, stats);
}

/* JSON names everything that each figure was made from. */
static struct err *load_stats(struct stats *out, struct env *env,
			      struct corpus *corpus)
{
	const struct args *args = env->args;
	enum stats_by by = (enum stats_by)args->by;
	struct err *e;

	if (args->format != STATS_JSON)
		return stats_brief(out, corpus, env->config, &args->query, by);
	e = corpus_survey(corpus);
	return e ? e : stats_load(out, corpus, env->config, &args->query, by);
}

static struct err *run_stats(struct env *env)
{
	const struct args *args = env->args;
	struct buf out = BUF_INIT;
	struct corpus corpus;
	struct stats stats;
	struct err *e = NULL;

	if (env->rest.nr)
		e = err_new(ERR_USAGE, _("unexpected argument '%s'"),
			    env->rest.at[0]);
	if (!e)
		e = query_check(&args->query);
	if (!e)
		e = corpus_begin(&corpus, env->arena, env->repo, &env->policy,
				 NULL);
	if (!e)
		e = load_stats(&stats, env, &corpus);
	if (e)
		return e;
	render_stats(&out, env, &stats);
	e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&corpus.diags, NULL);
	return e;
}

static const char *const examples[] = {
	"git retro stats --since 2026-Q2",
	"git retro stats --by label",
	NULL,
};

const struct cmd cmd_stats = {
	.name = "stats",
	.summary = N_("Count what retros, actions and releases came to"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER | CMD_INDEX,
	.run = run_stats,
};
