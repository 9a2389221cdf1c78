/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * context: the retros that concern some files or a change, and why.
 */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cmd/range.h"
#include "git/diff.h"
#include "git/rev.h"
#include "git/staged.h"
#include "model/problem.h"
#include "report/context.h"
#include "report/hints.h"
#include "report/trials.h"
#include "view/context.h"
#include "view/trials.h"

enum context_format { CONTEXT_HUMAN, CONTEXT_JSON, CONTEXT_MARKDOWN };
static const char *const context_formats[] = { "human", "json", "markdown",
					       NULL };

struct args {
	bool staged;
	const char *range, *commit, *mute, *days;
	int format;
};

static const struct opt opts[] = {
	OPT_BOOL(0, "staged", struct args, staged,
		 N_("what you are about to commit")),
	OPT_STRING(0, "range", struct args, range, "<A..B>",
		   N_("what B changed since it branched off from A")),
	OPT_STRING(0, "commit", struct args, commit, "<rev>",
		   N_("what this commit changed")),
	OPT_CHOICE(0, "format", struct args, format, "<format>",
		   context_formats, N_("human, json or markdown")),
	OPT_STRING(0, "mute", struct args, mute, "<pitfall>",
		   N_("stop showing this pitfall (<retro>#P1)")),
	OPT_STRING(0, "for", struct args, days, "<days>",
		   N_("only for so long, such as 90d; 0d shows it again")),
	OPT_END,
};

static const char *const usage[] = {
	"context [--format <format>] <path>...",
	"context [--format <format>] --staged",
	"context [--format <format>] --range <A..B>",
	"context [--format <format>] --commit <rev>",
	"context --mute <retro>#P1 [--for <days>]",
	NULL,
};

/* The question, and what it borrows from. */
struct asked {
	struct context_question question;
	struct range range;
	struct rev_range span;
};

static bool keep_asked_commit(void *data, const struct commit *commit)
{
	struct env *env = ((void **)data)[0];
	struct oids *out = ((void **)data)[1];

	vec_push(env->arena, out, commit->id);
	return true;
}

static struct err *ask_range(struct asked *asked, struct env *env,
			     const char *range)
{
	void *data[] = { env, &asked->question.commits };
	struct err *e = range_read(&asked->span, env, range);

	if (e)
		return e;
	asked->range = (struct range){ .from = &asked->span.from,
				       .to = asked->span.to };
	asked->question.range = &asked->range;
	e = diff_names(&asked->question.paths, env->arena, env->repo,
		       &asked->range);
	return e ? e
		 : walk_range(env->repo, &asked->range, keep_asked_commit,
			      data);
}

static struct err *ask_context_commit(struct asked *asked, struct env *env,
				      const char *name)
{
	struct file_touches touches = { 0 };
	struct err *e = rev_commit(&asked->range.to, env->repo, name);

	if (e)
		return e;
	asked->question.range = &asked->range;
	vec_push(env->arena, &asked->question.commits, asked->range.to);
	e = diff_touches(&touches, env->arena, env->repo,
			 &asked->question.commits, false);
	for (size_t i = 0; i < touches.nr; i++)
		vec_push(env->arena, &asked->question.paths,
			 touches.at[i].path);
	return e;
}

/* A folder stands for the files in it that git knows. */
static void add_folder(struct asked *asked, struct env *env, const char *dir,
		       const struct strs *files)
{
	for (size_t i = 0; i < files->nr; i++)
		if (!strncmp(files->at[i], dir, strlen(dir)))
			vec_push(env->arena, &asked->question.paths,
				 files->at[i]);
}

/* A pitfall has no file of its own. One whose name looks so is "./x#P1". */
static struct err *refuse_pitfall(const char *path, struct arena *a)
{
	const char *retro, *number;

	if (strchr(path, '/') || !problem_split(&retro, &number, a, path))
		return NULL;
	return err_hint(err_new(ERR_USAGE,
				_("'%s' is a pitfall, and context takes files"),
				path),
			"git retro show '%s'", path);
}

static struct err *ask_context_paths(struct asked *asked, struct env *env,
				     const struct corpus *corpus)
{
	struct strs files = { 0 };
	struct err *e = NULL;

	for (size_t i = 0; !e && i < env->rest.nr; i++) {
		const char *path = corpus_rooted(corpus, env->rest.at[i]);
		size_t n = strlen(path);

		e = refuse_pitfall(env->rest.at[i], env->arena);
		if (e)
			return e;
		if (n && path[n - 1] != '/') {
			vec_push(env->arena, &asked->question.paths, path);
			continue;
		}
		if (!files.nr)
			e = staged_paths(&files, env->arena);
		if (!e)
			add_folder(asked, env, path, &files);
	}
	return e;
}

static struct err *ask_context(struct asked *asked, struct env *env,
			       const struct corpus *corpus)
{
	const struct args *args = env->args;
	int ways = args->staged + (args->range != NULL) +
		   (args->commit != NULL) + (env->rest.nr > 0);

	if (ways != 1)
		return err_hint(
			err_new(ERR_USAGE,
				ways ? _("context takes only one of: files, "
					 "--staged, --range, --commit")
				     : _("context needs a path, --staged, "
					 "--range or --commit")),
			"git retro context --staged");
	asked->question.is_change = !env->rest.nr;
	if (args->range)
		return ask_range(asked, env, args->range);
	if (args->commit)
		return ask_context_commit(asked, env, args->commit);
	if (args->staged)
		return staged_changed(&asked->question.paths, env->arena,
				      env->repo, NULL);
	return ask_context_paths(asked, env, corpus);
}

/* What experiments tried on these files, and dropped; of other retros nobody
 * reads the tables here, since all texts would have to be read. */
static struct err *tried_before(struct listed_trials *out, struct env *env,
				const struct corpus *corpus,
				const struct strs *paths)
{
	const char *top = repo_work_tree(env->repo);
	struct corpus copy = *corpus;
	struct query query = { 0 };

	if (!top || !paths->nr)
		return NULL;
	copy.retros = (struct retros){ 0 };
	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (corpus->retros.at[i]->kind == KIND_EXPERIMENT)
			vec_push(env->arena, &copy.retros,
				 corpus->retros.at[i]);
	for (size_t i = 0; i < paths->nr; i++)
		vec_push(env->arena, &query.paths,
			 path_join(env->arena, top, paths->at[i]));
	return copy.retros.nr ? trials_list(out, &copy, &query, true) : NULL;
}

/* More is told by `git retro trials`. */
#define TRIALS_SHOWN 5

static void put_tried(struct buf *out, const struct style *style,
		      const struct listed_trials *trials)
{
	struct listed_trials shown = *trials;

	if (!trials->nr)
		return;
	if (shown.nr > TRIALS_SHOWN)
		shown.nr = TRIALS_SHOWN;
	if (out->n)
		buf_addch(out, '\n');
	style_put(out, style, STYLE_KEY, _("Tried before, and dropped:"));
	buf_addch(out, '\n');
	trials_text(out, style, &shown);
}

static struct err *answer_findings(struct env *env,
				   const struct findings *findings,
				   const struct listed_trials *trials)
{
	const struct args *args = env->args;
	struct buf out = BUF_INIT;
	struct style style;
	struct err *e;

	style_init(&style, env->config, 1);
	if (args->format == CONTEXT_JSON)
		context_json(&out, env->arena, findings);
	else if (args->format == CONTEXT_MARKDOWN)
		context_markdown(&out, env->arena, findings);
	else
		context_text(&out, env->arena, &style, findings);
	if (args->format == CONTEXT_HUMAN)
		put_tried(&out, &style, trials);
	e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

/* "90d", or "90"; -1 where none is given. */
static struct err *read_mute_days(int *out, const char *text)
{
	size_t digits = text ? strspn(text, "0123456789") : 0;

	*out = -1;
	if (!text)
		return NULL;
	if (!digits || digits > 4 ||
	    (text[digits] && strcmp(text + digits, "d") != 0))
		return err_hint(err_new(ERR_USAGE,
					_("'%s' is not a number of days"),
					text),
				_("write it as 90d"));
	*out = (int)strtol(text, NULL, 10);
	return NULL;
}

static struct err *mute(struct env *env)
{
	const struct args *args = env->args;
	struct buf out = BUF_INIT;
	struct corpus corpus;
	const char *name;
	int days, until;
	struct err *e = read_mute_days(&days, args->days);

	if (!e)
		e = corpus_open(&corpus, env->arena, env->repo, &env->policy,
				NULL);
	if (!e)
		e = hints_name(&name, &corpus, args->mute);
	if (!e)
		e = hints_mute(&until, env->repo, env->config, name, days);
	if (e)
		return e;
	if (!days)
		buf_addf(&out, _("%s is shown again\n"), name);
	else if (days < 0)
		buf_addf(&out, _("%s is muted\n"), name);
	else
		buf_addf(&out, _("%s is muted until %04d-%02d-%02d\n"), name,
			 until / 10000, until / 100 % 100, until % 100);
	e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

static struct err *find_context(struct env *env)
{
	struct findings findings = { 0 };
	struct listed_trials trials = { 0 };
	struct asked asked = { 0 };
	struct corpus corpus;
	struct err *e =
		corpus_open(&corpus, env->arena, env->repo, &env->policy, NULL);

	if (!e)
		e = ask_context(&asked, env, &corpus);
	if (!e)
		e = context_find(&findings, &corpus, &asked.question);
	if (!e)
		e = tried_before(&trials, env, &corpus, &asked.question.paths);
	if (!e)
		e = answer_findings(env, &findings, &trials);
	if (!e)
		cmd_hint_unread(&corpus.diags, NULL);
	if (!e && !findings.nr && !trials.nr)
		env->status = EXIT_NEGATIVE;
	return e;
}

static struct err *run_context(struct env *env)
{
	const struct args *args = env->args;

	if (args->mute &&
	    (args->staged || args->range || args->commit || env->rest.nr))
		return err_new(
			ERR_USAGE,
			_("--mute cannot be combined with other options"));
	if (args->days && !args->mute)
		return err_new(ERR_USAGE, _("--for needs --mute"));
	return args->mute ? mute(env) : find_context(env);
}

static const char *const examples[] = {
	"git retro context src/loader.c",
	"git retro context --staged",
	NULL,
};

const struct cmd cmd_context = {
	.name = "context",
	.summary = N_(
		"List the retros that concern some files or a change, and why"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER | CMD_INDEX,
	.run = run_context,
};
