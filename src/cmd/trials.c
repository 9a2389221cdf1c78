/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include "base/i18n.h"
#include "report/trials.h"
#include "view/record.h"
#include "view/trials.h"

struct trials_args {
	struct query query;
	bool failed;
	const char *at;
	bool wide;
	int format;
};

static const struct opt opts[] = {
	QUERY_OPTS(struct trials_args, query),
	OPT_BOOL(0, "failed", struct trials_args, failed,
		 N_("only what was not kept")),
	CMD_OPT_AT(struct trials_args),
	CMD_OPT_WIDE(struct trials_args),
	OPT_CHOICE(0, "format", struct trials_args, format, "<format>",
		   format_names_json, N_("human or json")),
	OPT_END,
};

static const char *const usage[] = { "trials [--failed] [<option>...]", NULL };

static struct err *run_trials(struct env *env)
{
	const struct trials_args *args = env->args;
	struct listed_trials trials = { 0 };
	struct corpus corpus;
	struct buf out = BUF_INIT;
	struct style style;
	struct err *e = NULL;

	if (env->rest.nr)
		e = err_hint(err_new(ERR_USAGE, _("unexpected argument '%s'"),
				     env->rest.at[0]),
			     _("'git retro search %s' looks for text"),
			     env->rest.at[0]);
	if (!e)
		e = query_check(&args->query);
	if (!e)
		e = corpus_open(&corpus, env->arena, env->repo, &env->policy,
				args->at);
	if (!e)
		e = query_check_names(&corpus, &args->query, env->config);
	if (!e)
		e = trials_list(&trials, &corpus, &args->query, args->failed);
	if (e)
		return e;
	style_init(&style, env->config, 1);
	style.wide = args->wide;
	if (args->format == FORMAT_JSON)
		trials_json(&out, env->arena, &trials);
	else
		trials_text(&out, &style, &trials);
	e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&corpus.diags, args->at);
	return e;
}

static const char *const examples[] = {
	"git retro trials --failed",
	NULL,
};

const struct cmd cmd_trials = {
	.name = "trials",
	.summary = N_("List what was tried, and what did not help"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct trials_args),
	.needs = CMD_REPO | CMD_PAGER | CMD_INDEX,
	.run = run_trials,
};
