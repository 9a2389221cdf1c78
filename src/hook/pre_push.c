/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Something is being pushed: releases among it that need a retro are asked for,
 * named, or stop the push, as the policy's `on-push` says; and so are known
 * pitfalls that a release or a release branch still carries. Releases that were
 * tagged elsewhere (by CI, on a forge), where no hook of ours saw them, are
 * named once.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/quote.h"
#include "front/table.h"
#include "git/ref.h"
#include "hook/hook.h"
#include "hook/input.h"
#include "hook/offer.h"
#include "hook/pushed.h"
#include "hook/refresh.h"
#include "report/cover.h"

#define TAGS  "refs/tags/"
#define HEADS "refs/heads/"

/* "<local ref> <local id> <remote ref> <remote id>". A branch that is pushed is
 * one of those here. */
static void read_pushed_line(struct pushed *push, struct hook_env *env,
			     const struct input_line *line)
{
	if (line->nr == 4)
		pushed_add(push, env, line->words[2], line->words[1],
			   !pushed_is_branch(line->words[0]));
}

static void stop_push(struct hook_env *env, const struct strs *owed)
{
	const char *tag = quote_word(env->arena, owed->at[0]);
	struct buf names = BUF_INIT;
	struct asked asked;
	struct err *e;

	offer_names(&names, owed);
	hook_say(env,
		 Q_("push rejected (on-push: block): release without a retro: "
		    "%s",
		    "push rejected (on-push: block): releases without a retro: "
		    "%s",
		    owed->nr),
		 names.p);
	hook_say(env, _("to draft it: git retro new --release %s"), tag);
	hook_say(env,
		 _("or record that none is needed: git retro skip %s --reason "
		   "TEXT"),
		 tag);
	hook_say(env, _("or push anyway: git push --no-verify"));
	buf_release(&names);
	e = asked_load(&asked, env->arena, env->repo, env->config);
	if (!e)
		e = offer_named(env, &asked, owed);
	err_free(e); /* an error would open the gate */
}

/* Whether to stop for what was written while the push was waiting. */
static bool wants_stop(struct hook_env *env, struct ask *ask)
{
	struct buf line = BUF_INIT;
	bool yes;

	yes = ask_line(
		      &line, ask,
		      _("The new retro is not committed yet. Abort the push to "
			"commit it? [y/N] ")) == ASK_LINE &&
	      offer_is_yes(env->arena, &line);
	buf_release(&line);
	return yes;
}

/* Asks for those that nobody was asked for, or that were put off; names the
 * others. */
static struct err *warn(int *status, struct hook_env *env, struct asked *asked,
			const struct strs *owed)
{
	struct strs open = { 0 }, settled = { 0 };
	size_t written = 0;
	struct err *e = NULL;
	struct ask ask;

	for (size_t i = 0; i < owed->nr; i++) {
		enum answer answer = asked_get(asked, owed->at[i]);
		bool done = answer == ANSWER_YES || answer == ANSWER_NO ||
			    answer == ANSWER_SKIP;

		vec_push(env->arena, done ? &settled : &open, owed->at[i]);
	}
	if (!open.nr || !offer_open(&ask, env, owed->nr))
		return offer_say(env, asked, owed);
	e = offer_say(env, asked, &settled);
	if (!e)
		e = offer_ask(&written, env, asked, &ask, &open);
	if (!e && written && wants_stop(env, &ask))
		*status = 1;
	ask_close(&ask);
	return e;
}

/* Whether tags came since everything that is owed was last named. */
static bool tags_changed(struct hook_env *env)
{
	struct table *table = table_load(repo_git_dir(env->repo));
	bool changed = !table ||
		       !table_tags_unchanged(table, repo_common_dir(env->repo));

	table_free(table);
	return changed;
}

/* The releases that are owed here beside `said`, with what is pushed counted
 * as cover; `*news` if there is one that the person was never told of. */
static struct err *find_others(struct strs *out, bool *news,
			       struct hook_env *env, const struct asked *asked,
			       const struct strs *said,
			       const struct oids *pushed)
{
	struct strs names = { 0 };
	struct releases all = { 0 }, owed = { 0 };
	struct err *e = release_list(&all, env->arena, env->repo, env->policy);

	if (!e)
		e = cover_owed(&owed, env->arena, env->repo, env->policy, &all,
			       NULL);
	for (size_t i = 0; !e && i < owed.nr; i++) {
		const char *name = owed.at[i].tag.name;

		if (!strs_has(said, name) &&
		    asked_get(asked, name) != ANSWER_NO)
			vec_push(env->arena, &names, name);
	}
	if (!e && names.nr)
		e = cover_missing(out, env->arena, env->repo, env->policy,
				  &names, pushed);
	*news = false;
	for (size_t i = 0; !e && i < out->nr; i++)
		*news |= asked_get(asked, out->at[i]) == ANSWER_NONE;
	return e;
}

static struct err *name_other_releases(struct hook_env *env,
				       struct asked *asked,
				       const struct strs *said,
				       const struct oids *pushed)
{
	struct strs names = { 0 };
	struct buf text = BUF_INIT;
	bool news;
	struct err *e = find_others(&names, &news, env, asked, said, pushed);

	if (e || !news)
		return e;
	offer_names(&text, &names);
	hook_say(env,
		 Q_("%zu more release without a retro: %s. To draft one: git "
		    "retro new --release %s",
		    "%zu more releases without a retro: %s. To draft one: git "
		    "retro new --release %s",
		    names.nr),
		 names.nr, text.p, quote_word(env->arena, names.at[0]));
	buf_release(&text);
	return offer_named(env, asked, &names);
}

/* What is pushed and still carries a known pitfall is named, or held back. */
static struct err *audit_lines(int *status, struct hook_env *env,
			       const struct release_lines *lines)
{
	bool bad = false;
	struct err *e = pushed_audit(&bad, env, NULL, lines);

	if (e || !bad || env->policy->on_push != ON_PUSH_BLOCK)
		return e;
	hook_say(env, _("push rejected (on-push: block). To override: git push "
			"--no-verify"));
	*status = 1;
	return NULL;
}

/* --- all of it ---------------------------------------------------------- */

static struct err *read_push(struct pushed *push, struct hook_env *env)
{
	const char *at = env->in->p;
	struct input_line line;

	while (input_next(&line, env->arena, &at))
		read_pushed_line(push, env, &line);
	return pushed_finish(push, env);
}

static struct err *speak_of_push(int *status, struct hook_env *env)
{
	struct pushed push = { 0 };
	struct strs owed = { 0 };
	struct asked asked;
	struct err *e = read_push(&push, env), *failed;

	if (!e)
		e = offer_owed(&owed, env, &push.tags, false, &push.commits);
	if (e)
		return e;
	/* Its failure opens no other gate. */
	failed = audit_lines(status, env, &push.lines);
	if (failed)
		hook_say(env,
			 _("this push was not checked for known pitfalls: %s"),
			 failed->text);
	err_free(failed);
	if (owed.nr && env->policy->on_push == ON_PUSH_BLOCK) {
		stop_push(env, &owed);
		*status = 1;
	}
	if (*status)
		return NULL;
	e = asked_load(&asked, env->arena, env->repo, env->config);
	if (!e && owed.nr)
		e = warn(status, env, &asked, &owed);
	if (!e && tags_changed(env))
		e = name_other_releases(env, &asked, &owed, &push.commits);
	return e;
}

static struct err *run_pre_push(struct hook_env *env, int *status)
{
	struct err *e = NULL;

	*status = 0;
	if (env->policy->on_push != ON_PUSH_OFF)
		e = speak_of_push(status, env);
	refresh_table(env, !e && !*status);
	return e;
}

const struct hook hook_pre_push = {
	.name = "pre-push",
	.summary = "Asks for, or holds back, releases that owe a retro",
	.run = run_pre_push,
};
