/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "git/rev.h"
#include "search/everywhere.h"
#include "search/search.h"
#include "view/record.h"
#include "view/results.h"

#define LIMIT 10

struct args {
	const char *limit, *at;
	bool all;
	bool wide;
	const char *repos;
	int format;
};

static const struct opt opts[] = {
	CMD_OPT_AT(struct args),
	OPT_BOOL(0, "all", struct args, all,
		 N_("of every local and remote-tracking branch, too")),
	OPT_STRING(0, "limit", struct args, limit, "<n>",
		   N_("show at most <n> retros; 0: all (default: 10)")),
	CMD_OPT_WIDE(struct args),
	OPT_REPOS(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>", format_names,
		   N_("human, json, ndjson or tsv")),
	OPT_END_WORDS,
};

static const char *const usage[] = {
	"search [--at <rev> | --all] [<option>...] <words>...",
	NULL,
};

static struct err *read_limit(size_t *limit, const char *text)
{
	size_t digits = text ? strspn(text, "0123456789") : 0;

	*limit = text ? strtoul(text, NULL, 10) : LIMIT;
	if (text && (!digits || text[digits] || digits > 9))
		return err_new(ERR_USAGE,
			       _("--limit needs a whole number, not '%s'"),
			       text);
	return NULL;
}

static struct err *read_search_args(struct terms *out, struct env *env)
{
	struct buf text = BUF_INIT;
	struct err *e;

	if (!env->rest.nr)
		return err_hint(err_new(ERR_USAGE, _("search needs words")),
				"git retro search cuda version -docker");
	for (size_t i = 0; i < env->rest.nr; i++)
		buf_addf(&text, "%s%s", i ? " " : "", env->rest.at[i]);
	e = terms_parse(out, env->arena, arena_strdup(env->arena, text.p),
			&env->policy);
	buf_release(&text);
	return e;
}

static void render_results(struct buf *out, struct env *env,
			   const struct results *results)
{
	const struct args *args = env->args;
	struct style style;

	switch ((enum format)args->format) {
	case FORMAT_HUMAN:
		style_init(&style, env->config, 1);
		style.wide = args->wide;
		results_put(out, &style, results);
		break;
	case FORMAT_JSON:
		record_results_json(out, env->arena, results);
		break;
	case FORMAT_NDJSON:
		record_results_ndjson(out, env->arena, results);
		break;
	case FORMAT_TSV:
		record_results_tsv(out, env->arena, results);
		break;
	}
}

static void say_more_results(const struct args *args,
			     const struct results *results)
{
	fflush(stdout);
	if (args->format == FORMAT_HUMAN && results->total > results->nr)
		fprintf(stderr,
			_("git retro: %zu more; '--limit 0' shows them all\n"),
			results->total - results->nr);
}

static void say_nearest(const struct args *args, const struct results *results)
{
	if (args->format != FORMAT_HUMAN)
		return;
	fflush(stdout);
	if (results->nearest)
		fprintf(stderr,
			_("git retro: no retro contains '%s'; the nearest word "
			  "is '%s'\n"),
			results->missing, results->nearest);
	else if (!results->nr)
		fprintf(stderr, _("git retro: no retro matches\n"));
}

static struct err *search(struct results *out, struct env *env,
			  const struct terms *terms, size_t limit,
			  struct diags *diags)
{
	const struct args *args = env->args;
	struct corpus *corpus;
	struct oid commit;
	struct err *e = NULL;

	if (args->at && args->all)
		return err_hint(
			err_new(ERR_USAGE,
				_("--at and --all cannot be used together")),
			_("--at reads one revision, --all every branch"));
	if (args->all) {
		corpus = arena_alloc(env->arena, sizeof(*corpus));
		return search_everywhere(out, corpus, env->arena, env->repo,
					 &env->policy, terms, limit, diags);
	}
	if (args->at)
		e = rev_commit(&commit, env->repo, args->at);
	return e ? e
		 : search_run(out, env->arena, env->repo, &env->policy,
			      args->at ? &commit : NULL, terms, limit, diags);
}

static struct err *run_search(struct env *env)
{
	const struct args *args = env->args;
	struct diags diags = { .arena = env->arena };
	struct terms terms;
	struct results results;
	struct buf out = BUF_INIT;
	size_t limit;
	struct err *e = read_limit(&limit, args->limit);

	if (!e)
		e = read_search_args(&terms, env);
	if (!e)
		e = search(&results, env, &terms, limit, &diags);
	if (e)
		return e;
	render_results(&out, env, &results);
	e = cmd_print(env, &out);
	buf_release(&out);
	say_more_results(args, &results);
	say_nearest(args, &results);
	cmd_hint_unread(&diags, args->at);
	if (!results.nr)
		env->status = EXIT_NEGATIVE;
	return e;
}

static const char *const examples[] = {
	"git retro search cuda version -docker",
	"git retro search --all timeout",
	NULL,
};

const struct cmd cmd_search = {
	.name = "search",
	.summary = N_("Find retros that contain these words, best match first"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER | CMD_INDEX,
	.run = run_search,
};
