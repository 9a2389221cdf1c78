/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/phrase.h"
#include "base/quote.h"
#include "corpus/settings.h"
#include "git/child.h"
#include "git/diff.h"
#include "git/rev.h"
#include "git/tree.h"
#include "hook/input.h"
#include "hook/offer.h"
#include "hook/pushed.h"
#include "model/dirs.h"
#include "report/check.h"

/* Options and problems that are looked at or named. */
enum { OPTIONS_MAX = 100, PROBLEMS_MAX = 5 };
/* So many retros are sooner read than it is found where a branch left HEAD. */
#define FEW 50
/* Files that are looked up one by one. */
#define LOOKED_UP 200

#define SKIP "retro.skip"

void gate_read_skip(struct gate_skip *out, const struct config *config)
{
	const char *count = getenv("GIT_PUSH_OPTION_COUNT");
	long nr = count ? strtol(count, NULL, 10) : 0;
	size_t n = strlen(SKIP);

	*out = (struct gate_skip){
		.allowed = config_bool(config, "receive.retroskip", false)
	};
	for (long i = 0; i < nr && i < OPTIONS_MAX; i++) {
		char name[64];
		const char *option;

		snprintf(name, sizeof(name), "GIT_PUSH_OPTION_%ld", i);
		option = getenv(name);
		if (!option || strncmp(option, SKIP, n) != 0 ||
		    (option[n] && option[n] != '='))
			continue;
		out->asked = true;
		if (option[n] && option[n + 1 + strspn(option + n + 1, " \t")])
			out->reason = option + n + 1;
	}
}

/* --- retros --------------------------------------------------------------- */

/* Where a branch left HEAD; false if it has nothing in common with it. */
static bool find_base(struct oid *out, const char *new)
{
	const char *const args[] = { "merge-base", "HEAD", new, NULL };
	struct buf text = BUF_INIT;
	struct err *e = child_run(&text, args, NULL);
	bool found;

	buf_truncate(&text, strcspn(text.p, "\n"));
	found = !e && oid_parse(out, text.p);
	err_free(e);
	buf_release(&text);
	return found;
}

/* The files that differ and can be retros, sorted. */
static struct err *list_differing(struct strs *out, struct hook_env *env,
				  const struct oid *from, const struct oid *to)
{
	const struct range changed = { .from = from, .to = *to };
	struct strs paths = { 0 };
	struct err *e = diff_names(&paths, env->arena, env->repo, &changed);

	for (size_t i = 0; !e && i < paths.nr; i++)
		if (dirs_have(&env->policy->dirs, paths.at[i]))
			vec_push(env->arena, out, paths.at[i]);
	strs_sort(out);
	return e;
}

/* The retros that a branch changed, of a new one those that are not as in HEAD.
 * *all: there is nothing that it goes on from. */
static struct err *list_changed(struct strs *out, bool *all,
				struct hook_env *env,
				const struct input_line *line)
{
	struct oid from, to;
	struct err *e = NULL;

	*all = false;
	if (!oid_parse(&to, line->words[1]))
		return NULL;
	if (input_is_zero(line->words[0]) || !oid_parse(&from, line->words[0]))
		e = rev_head(&from, env->repo);
	if (e && e->code == ERR_NOT_FOUND) {
		*all = true;
		err_free(e);
		return NULL;
	}
	return e ? e : list_differing(out, env, &from, &to);
}

/* Whether none of these files of a commit was here before the push, whose own
 * objects git keeps apart until it is accepted. */
static bool are_all_new(const struct strs *paths, struct hook_env *env,
			const struct oid *commit)
{
	static const char *const args[] = { "cat-file", "--batch-check", NULL };
	const char *const before[] = {
		arena_printf(env->arena, "GIT_OBJECT_DIRECTORY=%s",
			     path_join(env->arena, repo_common_dir(env->repo),
				       "objects")),
		NULL
	};
	struct buf in = BUF_INIT, out = BUF_INIT;
	char hex[OID_HEX + 1];
	size_t missing = 0;
	struct err *e = NULL;
	struct oid blob;

	if (!getenv("GIT_QUARANTINE_PATH") || paths->nr > LOOKED_UP)
		return false;
	for (size_t i = 0; i < paths->nr; i++)
		if (tree_file_id(&blob, env->repo, commit, paths->at[i]))
			buf_addf(&in, "%s\n", oid_hex(hex, &blob));
	if (in.n)
		e = child_run_in(&out, args, &in, before);
	for (const char *at = out.p; !e && (at = strstr(at, " missing\n"));
	     at++)
		missing++;
	err_pass(e);
	buf_release(&in);
	buf_release(&out);
	return missing == paths->nr;
}

/* Leaves of those of a new branch what it changed itself, since it left HEAD: to
 * find that takes git through each of its commits, but for what is new. */
static struct err *drop_old(struct strs *paths, struct hook_env *env,
			    const struct input_line *line)
{
	struct oid from, to;

	if (!input_is_zero(line->words[0]) || !oid_parse(&to, line->words[1]) ||
	    are_all_new(paths, env, &to) || !find_base(&from, line->words[1]))
		return NULL;
	*paths = (struct strs){ 0 };
	return list_differing(paths, env, &from, &to);
}

static void say_problem(struct hook_env *env, const struct diag *diag)
{
	const char *text = phrase_text(env->arena, diag_said(diag));

	if (diag->pos.line)
		hook_say(env, "%s:%d: %s", diag->path, diag->pos.line, text);
	else
		hook_say(env, "%s: %s", diag->path, text);
}

static struct err *find_errors(struct diags *out, struct hook_env *env,
			       const struct input_line *line,
			       const struct pushed *pushed,
			       const struct strs *paths, bool all)
{
	struct retros retros = { 0 };
	struct corpus corpus;
	struct err *e = corpus_open(&corpus, env->arena, env->repo, env->policy,
				    line->words[1]);

	corpus.arriving = &pushed->commits;
	corpus.new_tags = &pushed->tags;
	for (size_t i = 0; !e && i < corpus.retros.nr; i++)
		if (all || strs_sorted_has(paths, corpus.retros.at[i]->path))
			vec_push(env->arena, &retros, corpus.retros.at[i]);
	if (!e && retros.nr)
		e = check_all_retros(&corpus, &retros);
	for (size_t i = 0; !e && i < corpus.diags.nr; i++)
		if (corpus.diags.at[i].level == DIAG_ERROR &&
		    (all || strs_sorted_has(paths, corpus.diags.at[i].path)))
			vec_push(env->arena, out, corpus.diags.at[i]);
	return e;
}

static struct strs paths_of(struct arena *a, const struct diags *diags)
{
	struct strs paths = { 0 };

	for (size_t i = 0; i < diags->nr; i++)
		strs_add(a, &paths, diags->at[i].path);
	strs_sort(&paths);
	return paths;
}

/* The errors of the retros that a branch brings. */
static struct err *check_branch(size_t *errors, struct hook_env *env,
				const struct input_line *line,
				const struct pushed *pushed)
{
	struct diags found = { .arena = env->arena };
	struct strs paths = { 0 };
	bool all, many;
	struct err *e = list_changed(&paths, &all, env, line);

	many = !e && paths.nr > FEW;
	if (many)
		e = drop_old(&paths, env, line);
	if (!e && (all || paths.nr))
		e = find_errors(&found, env, line, pushed, &paths, all);
	if (!e && found.nr && !all && !many) {
		paths = paths_of(env->arena, &found);
		e = drop_old(&paths, env, line);
	}
	for (size_t i = 0; !e && i < found.nr; i++)
		if ((all || strs_sorted_has(&paths, found.at[i].path)) &&
		    (*errors)++ < PROBLEMS_MAX)
			say_problem(env, &found.at[i]);
	return e;
}

/* The first problem of the settings here is said before any branch is looked
 * at; the same text in a branch has it, too. */
static bool was_said(struct hook_env *env, const struct diag *diag)
{
	const struct diag *first = env->policy_diags->at;

	return env->policy_diags->nr && first->pos.line == diag->pos.line &&
	       !strcmp(first->path, diag->path) &&
	       !strcmp(phrase_text(env->arena, diag_said(first)),
		       phrase_text(env->arena, diag_said(diag)));
}

/* Settings that cannot be read would open the gate for the next push. */
static struct err *check_settings(size_t *errors, struct hook_env *env,
				  const struct input_line *line)
{
	struct diags diags = { .arena = env->arena };
	struct buf bytes = BUF_INIT;
	struct policy policy;
	struct oid commit;
	struct err *e = NULL;

	if (!oid_parse(&commit, line->words[1]))
		return NULL;
	e = tree_file(&bytes, env->repo, &commit, POLICY_FILE, FILE_MAX);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	policy_init(&policy, env->arena);
	if (!e)
		policy_read(&policy, env->arena, &diags, POLICY_FILE,
			    arena_strndup(env->arena, bytes.p, bytes.n),
			    bytes.n);
	for (size_t i = 0; i < diags.nr; i++)
		if (!strcmp(diags.at[i].rule, rule_table[RULE_YAML].name)) {
			if (!was_said(env, &diags.at[i]))
				say_problem(env, &diags.at[i]);
			(*errors)++;
		}
	buf_release(&bytes);
	return e;
}

static struct err *check_branches(size_t *errors, struct hook_env *env,
				  const struct pushed *pushed)
{
	const char *at = env->in->p;
	struct input_line line;
	struct err *e = NULL;

	while (!e && input_next(&line, env->arena, &at)) {
		if (line.nr < 3 || input_is_zero(line.words[1]) ||
		    !pushed_is_branch(line.words[2]))
			continue;
		e = check_settings(errors, env, &line);
		if (!e)
			e = check_branch(errors, env, &line, pushed);
	}
	if (*errors > PROBLEMS_MAX)
		hook_say(env,
			 _("%zu more errors; to see them: git retro check"),
			 *errors - PROBLEMS_MAX);
	return e;
}

/* --- releases ------------------------------------------------------------- */

static void note_pushed(struct pushed *pushed, struct hook_env *env)
{
	const char *at = env->in->p;
	struct input_line line;

	while (input_next(&line, env->arena, &at))
		if (line.nr >= 3)
			pushed_add(pushed, env, line.words[2], line.words[1],
				   true);
}

static struct err *find_owed(struct strs *owed, struct pushed *pushed,
			     struct hook_env *env)
{
	struct err *e = pushed_finish(pushed, env);

	return e ? e
		 : offer_owed(owed, env, &pushed->tags, false,
			      &pushed->commits);
}

static void say_owed(struct hook_env *env, const struct strs *owed)
{
	struct buf names = BUF_INIT;

	if (!owed->nr)
		return;
	offer_names(&names, owed);
	hook_say(env,
		 Q_("release without a retro: %s. To draft one: git retro new "
		    "--release %s",
		    "releases without a retro: %s. To draft one: git retro new "
		    "--release %s",
		    owed->nr),
		 names.p, quote_word(env->arena, owed->at[0]));
	buf_release(&names);
}

/* --- all of it ------------------------------------------------------------ */

/* `found`: there is something that the team holds pushes back for. */
static int decide(struct hook_env *env, const struct gate_skip *skip,
		  bool found)
{
	if (skip->asked && !skip->allowed)
		hook_say(env, _("retro.skip is not allowed here (git config "
				"receive.retroSkip)"));
	if (!found || env->policy->on_push != ON_PUSH_BLOCK)
		return 0;
	if (skip->asked && skip->allowed) {
		hook_say(env, _("push accepted all the same: %s"),
			 skip->reason);
		return 0;
	}
	hook_say(env, _("push rejected (on-push: block)"));
	if (skip->allowed)
		hook_say(env, _("to push anyway: git push -o "
				"retro.skip='<reason>'"));
	return 1;
}

/* What could not be looked at may have what pushes are held back for. */
static bool is_gate_unknown(struct hook_env *env, struct err *e,
			    bool only_pitfalls)
{
	if (!e)
		return false;
	hook_say(env,
		 only_pitfalls ? _("this push was not checked for known "
				   "pitfalls: %s")
			       : _("this push was not checked: %s"),
		 e->text);
	if (e->hint)
		hook_say(env, "%s", e->hint);
	err_free(e);
	return true;
}

int gate_run(struct hook_env *env, const struct gate_skip *skip)
{
	struct pushed pushed = { 0 };
	struct strs owed = { 0 };
	size_t errors = 0;
	bool exposed = false, unknown;
	struct err *e;

	if (env->policy_diags->nr)
		say_problem(env, &env->policy_diags->at[0]);
	if (env->policy->on_push == ON_PUSH_OFF)
		return 0;
	note_pushed(&pushed, env);
	e = check_branches(&errors, env, &pushed);
	if (!e)
		e = find_owed(&owed, &pushed, env);
	unknown = is_gate_unknown(env, e, false);
	say_owed(env, &owed);
	if (!unknown)
		unknown = is_gate_unknown(env,
					  pushed_audit(&exposed, env,
						       &pushed.commits,
						       &pushed.lines),
					  true);
	return decide(env, skip, errors || owed.nr || exposed || unknown);
}
