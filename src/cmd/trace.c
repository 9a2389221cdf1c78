/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <string.h>

#include "base/file.h"
#include "cmd/traced.h"
#include "corpus/exposure.h"
#include "corpus/guard.h"
#include "git/rev.h"
#include "view/record.h"
#include "view/trace.h"

/* A longer list of pairs is refused. Bytes. */
#define STDIN_MAX ((size_t)64 << 20)

struct args {
	struct strs causes, fixes, tags, branches;
	bool from_stdin;
	bool wide;
	int format;
};

static const struct opt opts[] = {
	OPT_LIST(0, "cause", struct args, causes, "<rev>",
		 N_("a commit that caused the problem")),
	OPT_LIST(0, "fix", struct args, fixes, "<rev>",
		 N_("a commit that fixed it")),
	OPT_BOOL(0, "stdin", struct args, from_stdin,
		 N_("read lines \"<cause> <fix>\" from stdin; - for none")),
	OPT_LIST(0, "tags", struct args, tags, "<glob>",
		 N_("check these tags instead of the releases")),
	OPT_LIST(0, "branches", struct args, branches, "<glob>",
		 N_("check these branches instead of the release branches")),
	CMD_OPT_WIDE(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>", format_names,
		   N_("human, json, ndjson or tsv")),
	OPT_END,
};

static const char *const usage[] = {
	"trace [<option>...] <retro>...",
	"trace [<option>...] [--cause <rev>...] [--fix <rev>...]",
	"trace [<option>...] --stdin",
	NULL,
};

struct work {
	struct env *env;
	const struct args *args;
	struct release_lines lines;
	struct corpus corpus;
	struct questions questions; /* where no retro asks */
	struct traces traces;
	struct traceds out;
};

static const struct strs *given(const struct strs *globs)
{
	return globs->nr ? globs : NULL;
}

static struct err *check_trace_args(const struct env *env,
				    const struct args *args)
{
	bool commits = args->causes.nr || args->fixes.nr;

	if ((env->rest.nr != 0) + commits + args->from_stdin == 1)
		return NULL;
	return err_hint(err_new(ERR_USAGE, _("trace needs retros, or --cause "
					     "and --fix, or --stdin")),
			"git retro trace @, or git retro trace --fix HEAD");
}

/* --- retros --- */

static struct err *trace_retros(struct work *work)
{
	struct env *env = work->env;
	struct problem_names names = { 0 };
	struct retros retros = { 0 };
	struct exposures exposures;
	struct err *e = corpus_begin(&work->corpus, env->arena, env->repo,
				     &env->policy, NULL);

	if (!e)
		e = corpus_find_problems(&names, &retros, &work->corpus,
					 &env->rest);
	if (!e)
		e = exposure_load(&exposures, &work->corpus, &retros,
				  &work->lines);
	if (e)
		return e;
	guard_look(&exposures, &work->corpus);
	for (size_t i = 0; i < exposures.nr; i++)
		if (problem_names_have(&names, exposures.at[i].retro,
				       exposures.at[i].problem))
			traced_add(&work->out, env->arena, &exposures.at[i]);
	if (work->out.nr)
		return NULL;
	e = env->rest.nr == 1
		    ? err_new(ERR_NOT_FOUND, _("%s has no linked cause or fix"),
			      env->rest.at[0])
		    : err_new(ERR_NOT_FOUND, _("none of these retros has a "
					       "linked cause or fix"));
	return err_hint(e, "git retro link <retro> --cause <rev> --fix <rev>");
}

/* --- commits --- */

static struct err *add_revs(struct oids *out, struct env *env,
			    const struct strs *names)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < names->nr; i++) {
		struct oid id;

		e = rev_commit(&id, env->repo, names->at[i]);
		if (!e)
			vec_push(env->arena, out, id);
	}
	return err_hint(e, _("name a commit that 'git log' shows"));
}

/* A word of the list: "-" names none; a full id need not be here. */
static struct err *add_traced_word(struct oids *out, struct env *env,
				   const char *word, size_t line)
{
	struct oid id;
	struct err *e = NULL;

	if (!strcmp(word, "-"))
		return NULL;
	if (!oid_is_full(word) || !oid_parse(&id, word))
		e = err_context(rev_commit(&id, env->repo, word), _("line %zu"),
				line);
	if (!e)
		vec_push(env->arena, out, id);
	return e;
}

static struct err *read_pair(struct work *work, char *text, size_t line)
{
	struct env *env = work->env;
	struct question question = { 0 };
	const char *blanks = " \t\r";
	char *cause = text + strspn(text, blanks), *fix, *end;
	struct err *e;

	fix = cause + strcspn(cause, blanks);
	end = fix + strspn(fix, blanks);
	*fix = '\0';
	fix = end;
	end += strcspn(end, blanks);
	if (!*cause || !*fix || end[strspn(end, blanks)])
		return err_hint(err_new(ERR_USAGE,
					_("line %zu is not '<cause> <fix>'"),
					line),
				_("write - for an unknown cause or fix"));
	*end = '\0';
	e = add_traced_word(&question.cause, env, cause, line);
	if (!e)
		e = add_traced_word(&question.fix, env, fix, line);
	if (!e && !question.cause.nr && !question.fix.nr)
		e = err_new(ERR_USAGE, _("line %zu names no commit"), line);
	if (!e)
		vec_push(env->arena, &work->questions, question);
	return e;
}

static struct err *read_pairs(struct work *work)
{
	struct buf text = BUF_INIT;
	struct err *e = file_read_stdin(&text, STDIN_MAX);
	char *line = text.p, *end;
	size_t nr = 1;

	if (!e && strlen(text.p) < text.n)
		e = err_new(ERR_USAGE,
			    _("there is a NUL byte in standard input"));
	for (; !e && *line; line = end, nr++) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = '\0';
		if (line[strspn(line, " \t\r")])
			e = read_pair(work, line, nr);
	}
	buf_release(&text);
	return e;
}

static struct err *trace_commits(struct work *work)
{
	struct env *env = work->env;
	struct question question = { 0 };
	struct trace_base base = { 0 };
	struct err *e;

	if (work->args->from_stdin) {
		e = read_pairs(work);
	} else {
		e = add_revs(&question.cause, env, &work->args->causes);
		if (!e)
			e = add_revs(&question.fix, env, &work->args->fixes);
		vec_push(env->arena, &work->questions, question);
	}
	if (!e)
		e = trace_base_open(&base, env->arena, env->repo, &work->lines,
				    &work->questions);
	if (!e)
		e = trace_run(&work->traces, &base, &work->lines,
			      &work->questions);
	trace_base_close(&base);
	for (size_t i = 0; !e && i < work->traces.nr; i++)
		vec_push(env->arena, &work->out,
			 (struct traced){ .trace = &work->traces.at[i] });
	return e;
}

/* --- what is shown --- */

static struct err *render_trace(struct buf *out, struct work *work)
{
	struct env *env = work->env;
	struct style style;
	struct err *e = NULL;

	switch ((enum format)work->args->format) {
	case FORMAT_HUMAN:
		style_init(&style, env->config, 1);
		style.wide = work->args->wide;
		if (work->args->from_stdin) {
			trace_short(out, &style, &work->lines, &work->out);
			break;
		}
		e = traced_describe(&work->out, env->arena, env->repo,
				    env->config);
		if (!e)
			trace_text(out, &style, &work->lines, &work->out);
		break;
	case FORMAT_JSON:
		trace_json(out, &work->lines, &work->out);
		break;
	case FORMAT_NDJSON:
		trace_ndjson(out, &work->lines, &work->out);
		break;
	case FORMAT_TSV:
		trace_tsv(out, &work->lines, &work->out);
		break;
	}
	return e;
}

static struct err *run_trace(struct env *env)
{
	struct work work = { .env = env, .args = env->args };
	const struct args *args = env->args;
	struct buf out = BUF_INIT;
	struct err *e = check_trace_args(env, args);

	if (!e)
		e = release_lines_find(&work.lines, env->arena, env->repo,
				       env->config, &env->policy,
				       given(&args->tags),
				       given(&args->branches));
	if (!e)
		e = env->rest.nr ? trace_retros(&work) : trace_commits(&work);
	if (!e)
		e = render_trace(&out, &work);
	if (!e)
		e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

static const char *const examples[] = {
	"git retro trace @",
	"git retro trace --cause 3f2c91b --fix 8a7d5c0",
	NULL,
};

const struct cmd cmd_trace = {
	.name = "trace",
	.summary = N_("Show which releases and branches have a cause, and "
		      "which its fix"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER,
	.run = run_trace,
};
