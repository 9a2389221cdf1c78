/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/sorted.h"
#include "cmd/change.h"
#include "cmd/range.h"
#include "corpus/corpus.h"
#include "corpus/settings.h"
#include "git/diff.h"
#include "git/staged.h"
#include "lineage/named.h"
#include "model/fix.h"
#include "report/broken_links.h"
#include "report/check.h"
#include "report/setup.h"
#include "view/github.h"
#include "view/gitlab.h"
#include "view/record.h"
#include "view/sarif.h"
#include "view/term.h"

enum check_format {
	CHECK_HUMAN,
	CHECK_JSON,
	CHECK_GITHUB,
	CHECK_GITLAB,
	CHECK_SARIF,
};
static const char *const format_names_check[] = { "human",  "json",  "github",
						  "gitlab", "sarif", NULL };

/* How long it is looked for who names numbers, for all of them together. */
#define LOOK_MS 10000

struct args {
	int format;
	bool staged, fix, all;
	const char *range;
};

static const struct opt opts[] = {
	OPT_BOOL(0, "staged", struct args, staged,
		 N_("the staged retros, as staged")),
	OPT_STRING(0, "range", struct args, range, "<A..B>",
		   N_("the retros that B changed, as they are in B")),
	OPT_BOOL(0, "fix", struct args, fix,
		 N_("first fix problems that have one possible fix")),
	OPT_BOOL(0, "all", struct args, all,
		 N_("every problem, not the first ten of a kind in a file")),
	OPT_CHOICE(0, "format", struct args, format, "<format>",
		   format_names_check,
		   N_("human, json, github, gitlab or sarif")),
	OPT_END,
};

static const char *const usage[] = {
	"check [--fix] [--all | --format <format>] [<retro>...]",
	"check --staged | --range <A..B> [--all | --format <format>]",
	NULL,
};

/* --- what is checked --- */

struct scope {
	struct corpus corpus;
	struct retros retros;
	struct strs paths; /* of the files that count; with `all`, every one */
	struct diags orphans; /* in other files, because of these */
	bool all;
};

static struct err *load_staged(struct scope *scope, struct env *env)
{
	struct corpus *corpus = &scope->corpus;
	struct err *e = corpus_begin_staged(corpus, env->arena, env->repo,
					    &env->policy);

	for (size_t i = 0; !e && i < corpus->staged->nr; i++)
		if (!corpus->staged->at[i].gone)
			vec_push(env->arena, &scope->paths,
				 corpus->staged->at[i].path);
	return e;
}

static struct err *load_range(struct scope *scope, struct env *env,
			      const char *range)
{
	struct range changed;
	struct rev_range span;
	char hex[OID_HEX + 1];
	struct err *e = range_read(&span, env, range);

	if (e)
		return err_context(e, "--range");
	changed = (struct range){ .from = &span.from, .to = span.to };
	e = corpus_open(&scope->corpus, env->arena, env->repo, &env->policy,
			oid_hex(hex, &span.to));
	if (!e)
		e = diff_names(&scope->paths, env->arena, env->repo, &changed);
	scope->orphans.arena = env->arena;
	return e ? e
		 : broken_links_find(&scope->orphans, &scope->corpus, &changed,
				     &scope->paths);
}

static struct err *load_named(struct scope *scope, struct env *env)
{
	struct retros named = { 0 };
	struct err *e = corpus_begin(&scope->corpus, env->arena, env->repo,
				     &env->policy, NULL);

	scope->all = !env->rest.nr;
	if (!e && scope->all)
		e = corpus_survey(&scope->corpus);
	if (!e)
		e = corpus_find_all(&named, &scope->corpus, &env->rest);
	for (size_t i = 0; i < named.nr; i++)
		strs_add(env->arena, &scope->paths, named.at[i]->path);
	return e;
}

static struct err *load_scope(struct scope *scope, struct env *env)
{
	const struct args *args = env->args;
	struct err *e = args->staged  ? load_staged(scope, env)
			: args->range ? load_range(scope, env, args->range)
				      : load_named(scope, env);
	const struct retros *read = &scope->corpus.retros;

	for (size_t i = 0; !e && i < read->nr; i++)
		if (scope->all || strs_has(&scope->paths, read->at[i]->path))
			vec_push(env->arena, &scope->retros, read->at[i]);
	return e ? e : check_all_retros(&scope->corpus, &scope->retros);
}

/* --- fixing --- */

/* Sorted by path, those of one path in the order they were found. */
struct found VEC_OF(const struct diag *);

static int compare_found(const void *a, const void *b)
{
	const struct diag *one = *(const struct diag *const *)a;
	const struct diag *other = *(const struct diag *const *)b;
	int order = strcmp(one->path, other->path);

	return order ? order : (one > other) - (one < other);
}

static void sort_found(struct found *out, const struct diags *diags)
{
	for (size_t i = 0; i < diags->nr; i++)
		vec_push(diags->arena, out, &diags->at[i]);
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), compare_found);
}

static int by_diag_path(const void *path, const void *found)
{
	return strcmp(path, (*(const struct diag *const *)found)->path);
}

static void pick_diags(struct diags *out, const struct found *all,
		       const char *path)
{
	size_t low = sorted_first(path, all->at, all->nr, sizeof(*all->at),
				  by_diag_path);

	for (; low < all->nr && !strcmp(all->at[low]->path, path); low++)
		vec_push(out->arena, out, *all->at[low]);
}

/* What of a retro is named elsewhere, which is asked once. */
struct naming {
	struct arena *a;
	int64_t deadline; /* 0: nothing was asked yet */
	const struct retro *retro;
	struct strs numbers; /* sorted */
	bool all;            /* they are all known */
};

static int by_named_number(const void *a, const void *b)
{
	return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static void ask_naming(struct naming *naming, const struct retro *retro)
{
	naming->retro = retro;
	naming->numbers = (struct strs){ 0 };
	if (!naming->deadline)
		naming->deadline = clock_ms() + LOOK_MS;
	naming->all = clock_ms() < naming->deadline &&
		      named_numbers(&naming->numbers, naming->a, retro->id,
				    retro->path, naming->deadline);
	if (naming->numbers.nr)
		qsort(naming->numbers.at, naming->numbers.nr,
		      sizeof(*naming->numbers.at), by_named_number);
}

/* Whether a commit or another file names it, or nobody knows. */
static bool is_number_named(void *data, const struct retro *retro,
			    const char *number)
{
	struct naming *naming = data;

	if (naming->retro != retro)
		ask_naming(naming, retro);
	return !naming->all ||
	       (naming->numbers.nr &&
		bsearch(&number, naming->numbers.at, naming->numbers.nr,
			sizeof(*naming->numbers.at), by_named_number));
}

static bool is_fixable(const struct diags *diags, const struct retro *retro)
{
	bool fixable = fix_numbers_pitfalls(retro);

	for (size_t i = 0; i < diags->nr && !fixable; i++)
		fixable = diags->at[i].fix;
	return fixable;
}

static struct err *fix_one(size_t *fixed, struct change *change,
			   struct retro *retro, const struct found *all,
			   struct naming *naming)
{
	struct arena scratch = ARENA_INIT;
	struct diags diags = { .arena = &scratch };
	struct buf bytes = BUF_INIT;
	struct err *e = NULL;
	size_t count = 0;

	change->retro = retro;
	pick_diags(&diags, all, retro->path);
	fix_doubles(&diags, retro, is_number_named, naming);
	if (is_fixable(&diags, retro)) {
		fix_pitfalls(&diags, retro);
		e = fix_apply(&bytes, &count, &scratch, retro,
			      &change->env->policy, &diags);
		if (!e)
			e = change_write(change, &bytes);
	}
	if (!e)
		*fixed += count;
	arena_release(&scratch);
	buf_release(&bytes);
	return e;
}

/* `*files`: how many retros were changed. */
static struct err *fix_scope(size_t *files, struct change *change,
			     const struct scope *scope)
{
	struct naming naming = { .a = change->env->arena };
	struct found found = { 0 };
	size_t fixed = 0;
	struct err *e = NULL;

	sort_found(&found, &change->corpus.diags);
	for (size_t i = 0; !e && i < scope->retros.nr; i++) {
		size_t before = fixed;

		e = fix_one(&fixed, change, scope->retros.at[i], &found,
			    &naming);
		*files += fixed > before;
	}
	if (*files)
		fprintf(stderr,
			Q_("fixed %zu problem; retros changed: %zu\n",
			   "fixed %zu problems; retros changed: %zu\n", fixed),
			fixed, *files);
	return e;
}

/* All that can be put right, read once under one lock. Where a retro was
 * changed, all is read anew, and what was read before is freed first. */
static struct err *fix(struct scope *scope, struct env *env)
{
	struct change change = { .env = env, .named = true };
	size_t files = 0;
	struct err *e = change_resume(&change);

	if (!e)
		e = load_scope(scope, env);
	change.corpus = scope->corpus;
	if (!e)
		e = fix_scope(&files, &change, scope);
	change_end(&change);
	if (e || !files)
		return e;
	arena_release(env->arena);
	*scope = (struct scope){ 0 };
	return load_scope(scope, env);
}

/* --- what was found --- */

/* The path from where the person is; a forge needs it from the root. Settings
 * can also come from a file elsewhere, or from no file: see settings_load(). */
static void add_seen(struct diags *out, struct env *env, struct diag diag,
		     bool in_repo)
{
	const struct args *args = env->args;

	if (args->format > CHECK_JSON)
		diag.path = in_repo ? diag.path : POLICY_FILE;
	else if (in_repo)
		diag.path = path_relative(env->arena, repo_prefix(env->repo),
					  diag.path);
	vec_push(env->arena, out, diag);
}

/* What was found in the retros that were named; if none was, also in the
 * settings. */
static void gather_diags(struct diags *out, struct env *env,
			 const struct scope *scope)
{
	struct diags found = { .arena = env->arena };

	if (scope->all)
		found = scope->corpus.diags;
	else
		corpus_problems_at(&found, &scope->corpus, &scope->paths);
	for (size_t i = 0; i < found.nr; i++)
		add_seen(out, env, found.at[i], true);
	for (size_t i = 0; i < scope->orphans.nr; i++)
		add_seen(out, env, scope->orphans.at[i], true);
	if (!env->rest.nr) {
		settings_unknown(&env->policy_diags, env->arena, env->repo,
				 env->config);
		if (!((const struct args *)env->args)->staged)
			err_pass(setup_check(&env->policy_diags, env->arena,
					     env->repo, &env->policy, true));
		for (size_t i = 0; i < env->policy_diags.nr; i++) {
			const struct diag *diag = &env->policy_diags.at[i];

			add_seen(out, env, *diag,
				 !strcmp(diag->path, POLICY_FILE));
		}
	}
	diag_sort(out);
}

/* --- the answer --- */

/* TRANSLATORS: the comma between two counts of a list. */
PRINTF(3, 4)
static void add_check_count(struct buf *out, size_t n, const char *fmt, ...)
{
	va_list ap;

	if (!n)
		return;
	if (out->n)
		buf_addstr(out, _(", "));
	va_start(ap, fmt);
	buf_vaddf(out, fmt, ap);
	va_end(ap);
}

static void sum_up_diags(const struct diags *diags, size_t retros)
{
	size_t errors = diag_count(diags, DIAG_ERROR);
	size_t warnings = diag_count(diags, DIAG_WARNING);
	size_t notes = diag_count(diags, DIAG_NOTE);
	struct buf text = BUF_INIT;

	add_check_count(&text, errors, Q_("%zu error", "%zu errors", errors),
			errors);
	add_check_count(&text, warnings,
			Q_("%zu warning", "%zu warnings", warnings), warnings);
	add_check_count(&text, notes, Q_("%zu note", "%zu notes", notes),
			notes);
	fflush(stdout); /* what is summed up comes first, also in a log */
	/* TRANSLATORS: %s is a list of counts: "1 error, 2 warnings". */
	if (text.n)
		fprintf(stderr,
			Q_("%s in %zu retro\n", "%s in %zu retros\n", retros),
			text.p, retros);
	buf_release(&text);
}

static void put_diags(struct buf *out, struct env *env,
		      const struct diags *diags)
{
	const struct args *args = env->args;
	struct style style;

	switch ((enum check_format)args->format) {
	case CHECK_HUMAN:
		style_init(&style, env->config, 1);
		term_diags(out, &style, diags, args->all);
		break;
	case CHECK_JSON:
		record_diags(out, diags);
		break;
	case CHECK_GITHUB:
		github_diags(out, diags);
		break;
	case CHECK_GITLAB:
		gitlab_diags(out, diags);
		break;
	case CHECK_SARIF:
		sarif_diags(out, diags, VERSION);
		break;
	}
}

static struct err *refuse_check_usage(struct env *env)
{
	const struct args *args = env->args;
	bool elsewhere = args->staged || args->range;

	if (args->staged && args->range)
		return err_new(
			ERR_USAGE,
			_("--staged and --range cannot be used together"));
	if (elsewhere && env->rest.nr)
		return err_new(ERR_USAGE,
			       _("%s takes no retros: it selects them itself"),
			       args->staged ? "--staged" : "--range");
	if (elsewhere && args->fix)
		return err_hint(
			err_new(ERR_USAGE,
				_("--fix changes files of the work tree")),
			_("leave out %s"),
			args->staged ? "--staged" : "--range");
	if ((args->fix || args->staged) && !repo_work_tree(env->repo))
		return err_new(ERR_UNSUPPORTED,
			       _("%s needs a work tree, and this repository is "
				 "bare"),
			       args->fix ? "--fix" : "--staged");
	return NULL;
}

static struct err *run_check(struct env *env)
{
	const struct args *args = env->args;
	struct diags diags = { .arena = env->arena };
	struct arena read = ARENA_INIT;
	struct env reader = *env;
	struct scope scope = { 0 };
	struct buf out = BUF_INIT;
	struct err *e = refuse_check_usage(env);

	reader.arena = &read;
	if (!e)
		e = args->fix ? fix(&scope, &reader)
			      : load_scope(&scope, &reader);
	if (!e) {
		gather_diags(&diags, env, &scope);
		put_diags(&out, env, &diags);
		e = cmd_print(env, &out);
		if (args->format != CHECK_JSON)
			sum_up_diags(&diags, scope.retros.nr);
		if (diag_count(&diags, DIAG_ERROR))
			env->status = EXIT_NEGATIVE;
	}
	buf_release(&out);
	arena_release(&read);
	return e;
}

static const char *const examples[] = {
	"git retro check",
	"git retro check --fix",
	"git retro check --staged",
	NULL,
};

const struct cmd cmd_check = {
	.name = "check",
	.summary = N_("Check retros against the rules of the format"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO,
	.run = run_check,
};
