/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "corpus/query.h"
#include "model/markdown.h"
#include "report/growth.h"
#include "view/growth.h"
#include "view/html.h"
#include "view/term.h"

struct args {
	struct query query;
	bool me;
	const char *person;
	int language;
	const char *verify;
	const char *repos;
	int format;
};

enum { REPORT_HUMAN, REPORT_MARKDOWN, REPORT_HTML, REPORT_JSON };
static const char *const formats[] = { "human", "markdown", "html", "json",
				       NULL };
static const char *const languages[] = { "auto", "en", "zh", NULL };

static const struct opt opts[] = {
	OPT_BOOL(0, "me", struct args, me, N_("of yourself, as git knows you")),
	OPT_STRING(0, "person", struct args, person, "<text>",
		   N_("of one whose name or mail contains this")),
	QUERY_OPT_SINCE(struct args, query),
	QUERY_OPT_UNTIL(struct args, query),
	QUERY_OPT_RELEASE(struct args, query),
	QUERY_OPT_LABEL(struct args, query),
	OPT_CHOICE(0, "language", struct args, language, "<language>",
		   languages, N_("en or zh; without it, yours")),
	OPT_STRING(0, "verify", struct args, verify, "<file>",
		   N_("check each line of a report in Markdown; - is stdin")),
	OPT_REPOS(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>", formats,
		   N_("human, markdown, html or json")),
	OPT_END,
};

static const char *const usage[] = {
	"report [--me | --person <text>] [--since <day>] [<option>...]",
	"report --verify <file>",
	NULL,
};

static void render_report(struct buf *out, struct env *env,
			  const struct growth *growth)
{
	const struct args *args = env->args;
	struct buf markdown = BUF_INIT;
	bool limited;
	struct md *doc;
	struct style style;

	if (args->format == REPORT_JSON) {
		growth_json(out, growth);
		return;
	}
	growth_markdown(&markdown, env->arena, growth,
			args->format == REPORT_MARKDOWN);
	if (args->format == REPORT_MARKDOWN) {
		buf_add(out, markdown.p, markdown.n);
		buf_release(&markdown);
		return;
	}
	doc = md_parse(env->arena, markdown.p, markdown.n, 1, 0, &limited);
	style_init(&style, env->config, 1);
	if (args->format == REPORT_HTML)
		html_document(out, _("Growth report"),
			      i18n_is_chinese() ? "zh-Hans" : "en", doc);
	else
		term_markdown(out, &style, doc);
	buf_release(&markdown);
}

static struct err *make_report(struct env *env, struct corpus *corpus)
{
	const struct args *args = env->args;
	const struct growth_who who = { args->me, args->person };
	struct growth growth;
	struct buf out = BUF_INIT;
	struct err *e;

	if (args->language)
		i18n_speak(args->language == 1 ? "en" : "zh_CN");
	e = growth_load(&growth, corpus, env->config, &args->query, &who);
	if (e)
		return e;
	render_report(&out, env, &growth);
	e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

/* --- verify --- */

static struct err *read_report(struct buf *out, const char *path)
{
	return strcmp(path, "-") ? file_read_named(out, path, FILE_MAX)
				 : file_read_stdin(out, FILE_MAX);
}

static struct err *verify_report(struct env *env, struct corpus *corpus)
{
	const struct args *args = env->args;
	struct growth_proofs proofs = { 0 };
	struct strs names = { 0 }, wrong = { 0 };
	struct buf text = BUF_INIT, out = BUF_INIT;
	size_t bad = 0;
	struct err *e = read_report(&text, args->verify);

	if (!e)
		growth_read(&proofs, env->arena, text.p, text.n);
	if (!e && !proofs.nr)
		e = err_new(ERR_FAILED, _("%s has no line of a report"),
			    args->verify);
	for (size_t i = 0; i < proofs.nr; i++)
		vec_push(env->arena, &names, proofs.at[i].name);
	if (!e)
		e = growth_verify(&wrong, corpus, &names);
	for (size_t i = 0; !e && i < proofs.nr; i++) {
		const char *what = *proofs.at[i].name
					   ? wrong.at[i]
					   : _("nothing proves this line");

		if (!what)
			continue;
		bad++;
		buf_addf(&out, "%s:%d: %s\n",
			 text_cleaned(env->arena, args->verify),
			 proofs.at[i].line, text_cleaned(env->arena, what));
	}
	if (!e && !bad)
		buf_addf(&out,
			 Q_("%zu reference checked; it exists.\n",
			    "%zu references checked; all exist.\n", proofs.nr),
			 proofs.nr);
	if (bad)
		env->status = EXIT_NEGATIVE;
	if (!e)
		e = cmd_print(env, &out);
	buf_release(&text);
	buf_release(&out);
	return e;
}

static struct err *check_report_args(const struct env *env)
{
	const struct args *args = env->args;

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("unexpected argument '%s'"),
			       env->rest.at[0]);
	if (args->me && args->person)
		return err_new(ERR_USAGE,
			       _("--me and --person cannot be combined"));
	if (args->verify && (args->me || args->person || args->format))
		return err_new(ERR_USAGE, _("--verify cannot be combined with "
					    "other options"));
	return query_check(&args->query);
}

static struct err *run_report(struct env *env)
{
	const struct args *args = env->args;
	struct corpus corpus;
	struct err *e = check_report_args(env);

	if (!e)
		e = corpus_open(&corpus, env->arena, env->repo, &env->policy,
				NULL);
	if (!e)
		e = query_check_names(&corpus, &args->query, env->config);
	if (!e)
		e = args->verify ? verify_report(env, &corpus)
				 : make_report(env, &corpus);
	if (e)
		return e;
	cmd_hint_unread(&corpus.diags, NULL);
	return NULL;
}

static const char *const examples[] = {
	"git retro report --me --since 2026-Q2",
	"git retro report --release v1.4.0 --format markdown",
	NULL,
};

const struct cmd cmd_report = {
	.name = "report",
	.summary = N_("Report what a person or the team learned, line by line "
		      "with its proof"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER | CMD_INDEX,
	.run = run_report,
};
