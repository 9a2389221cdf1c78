/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/offer.h"

#include <string.h>

#include "base/i18n.h"
#include "base/proc.h"
#include "base/quote.h"
#include "base/text.h"
#include "hook/program.h"
#include "lineage/release.h"
#include "report/cover.h"

enum { TRIES = 3, NAMES_MAX = 5, LINES_MAX = 3 };

/* A tag without an object of its own bears its commit's time. One that was made
 * just now is new all the same, unless it names an older version. */
static void date_fresh(struct releases *releases, const struct policy *policy)
{
	struct version since;

	version_parse(&since, policy->since ? policy->since : "");
	for (size_t i = 0; i < releases->nr; i++) {
		struct release *release = &releases->at[i];

		if (oid_equal(&release->tag.target, &release->tag.commit) &&
		    version_same_package(&release->version, &since) &&
		    version_compare(&release->version, &since) > 0)
			release->time = INT64_MAX;
	}
}

struct err *offer_owed(struct strs *out, struct hook_env *env,
		       const struct refs *tags, bool fresh,
		       const struct oids *extra)
{
	struct releases releases = { 0 }, asked = { 0 };
	struct strs names = { 0 };
	struct err *e = release_among(&releases, env->arena, env->repo,
				      env->policy, tags);

	if (!e && fresh)
		date_fresh(&releases, env->policy);
	if (!e)
		e = release_asked(&asked, env->arena, env->repo, env->policy,
				  &releases);
	for (size_t i = 0; !e && i < asked.nr; i++)
		strs_add(env->arena, &names, asked.at[i].tag.name);
	if (e || !names.nr)
		return e;
	return cover_missing(out, env->arena, env->repo, env->policy, &names,
			     extra);
}

bool offer_open(struct ask *ask, const struct hook_env *env, size_t tags)
{
	*ask = (struct ask){ -1, 0 };
	return tags <= OFFER_MAX && env->policy->on_tag == ON_TAG_PROMPT &&
	       repo_work_tree(env->repo) && ask_open(ask);
}

/* Starts git-retro on the terminal. It needs what git has set for its hook as
 * we do: the repository, and what `git -c` says. */
static struct err *start_retro(bool *done, struct hook_env *env,
			       const char **argv)
{
	struct proc child = { .argv = argv };
	char *program;
	int status = 0;
	struct err *e = program_find(&program, env->arena, "git-retro");

	*done = false;
	if (e)
		return e;
	argv[0] = program;
	e = proc_foreground(&child, &status);
	*done = !e && status == 0;
	return e;
}

/* In the editor; several are only written. */
static struct err *draft(bool *done, struct hook_env *env, const char *tag,
			 bool several)
{
	const char *argv[] = { NULL, "new",
			       arena_printf(env->arena, "--release=%s", tag),
			       several ? "--no-edit" : NULL, NULL };

	return start_retro(done, env, argv);
}

static struct err *waive(bool *done, struct hook_env *env, const char *tag,
			 const char *reason)
{
	const char *argv[] = {
		NULL, "skip", arena_printf(env->arena, "--reason=%s", reason),
		"--", tag,    NULL,
	};

	return start_retro(done, env, argv);
}

/* Any beginning of a word will do, in full width too; an empty answer is the
 * capital one. */
static enum answer parse_answer(struct arena *a, const struct buf *line)
{
	static const struct {
		const char *word;
		enum answer answer;
	} words[] = {
		{ "yes", ANSWER_YES },     { "是", ANSWER_YES },
		{ "好", ANSWER_YES },      { "no", ANSWER_NO },
		{ "never", ANSWER_NO },    { "否", ANSWER_NO },
		{ "不再询问", ANSWER_NO }, { "skip", ANSWER_SKIP },
		{ "跳过", ANSWER_SKIP },   { "later", ANSWER_LATER },
		{ "以后", ANSWER_LATER },  { "稍后", ANSWER_LATER },
	};
	const char *said = text_fold(a, line->p, line->n);
	size_t n = strlen(said);

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncmp(said, words[i].word, n))
			return words[i].answer;
	return ANSWER_NONE;
}

bool offer_is_yes(struct arena *a, const struct buf *line)
{
	return line->n && parse_answer(a, line) == ANSWER_YES;
}

static void explain(struct hook_env *env)
{
	hook_say(env, _("y      draft the retro now (or press Enter)"));
	hook_say(env, _("n      do not draft it, and never ask me again"));
	hook_say(env, _("skip   none is needed: record why, for everyone"));
	hook_say(env, _("later  ask me again when I push the tag"));
}

/* What the person says to the releases; *stopped if they want no more
 * questions. */
static enum answer question(bool *stopped, struct hook_env *env,
			    struct ask *ask, const struct strs *tags)
{
	struct buf names = BUF_INIT, line = BUF_INIT;
	enum answer answer = ANSWER_NONE;
	const char *text;

	offer_names(&names, tags);
	text = arena_printf(env->arena,
			    Q_("%s has no retro yet. Draft it now? "
			       "[Y]es, [n]ever ask again, [s]kip (none "
			       "needed), [l]ater, [?] ",
			       "%s have no retro yet. Draft them now? "
			       "[Y]es, [n]ever ask again, [s]kip (none "
			       "needed), [l]ater, [?] ",
			       tags->nr),
			    text_cleaned(env->arena, names.p));
	for (int i = 0; i < TRIES && answer == ANSWER_NONE; i++) {
		enum ask_reply reply = ask_line(&line, ask, text);

		if (reply == ASK_LINE)
			answer = parse_answer(env->arena, &line);
		else
			answer = ANSWER_LATER;
		if (reply == ASK_NOBODY)
			hook_say(env, _("No answer; you will be asked again "
					"when you push the tag."));
		*stopped = reply != ASK_LINE;
		if (answer == ANSWER_NONE)
			explain(env);
	}
	buf_release(&names);
	buf_release(&line);
	return answer == ANSWER_NONE ? ANSWER_LATER : answer;
}

/* One reason for all of them. */
static struct err *skip_releases(bool *done, bool *stopped,
				 struct hook_env *env, struct ask *ask,
				 const struct strs *tags)
{
	struct buf line = BUF_INIT, names = BUF_INIT;
	struct err *e = NULL;
	bool all = true;

	offer_names(&names, tags);
	*stopped =
		ask_line(&line, ask,
			 arena_printf(env->arena, _("Reason for skipping %s: "),
				      text_cleaned(env->arena, names.p))) !=
		ASK_LINE;
	if (!*stopped && !line.n)
		hook_say(env, _("No reason given; nothing recorded."));
	for (size_t i = 0; !e && !*stopped && line.n && i < tags->nr; i++) {
		e = waive(done, env, tags->at[i], line.p);
		all &= *done;
	}
	*done &= all;
	buf_release(&line);
	buf_release(&names);
	return e;
}

static struct err *draft_all(bool *done, struct hook_env *env,
			     const struct strs *tags)
{
	struct err *e = NULL;
	bool all = true;

	for (size_t i = 0; !e && i < tags->nr; i++) {
		e = draft(done, env, tags->at[i], tags->nr > 1);
		all &= *done;
	}
	*done &= all;
	return e;
}

/* Question, deed, memory. What did not come about counts as put off. */
struct err *offer_ask(size_t *written, struct hook_env *env,
		      struct asked *asked, struct ask *ask,
		      const struct strs *tags)
{
	bool stopped = false, done = false;
	enum answer answer;
	struct err *e = NULL, *failed;

	ask->wait_ms = ASK_UNATTENDED_MS;
	answer = question(&stopped, env, ask, tags);
	if (answer == ANSWER_YES)
		e = draft_all(&done, env, tags);
	else if (answer == ANSWER_SKIP)
		e = skip_releases(&done, &stopped, env, ask, tags);
	else if (answer == ANSWER_NO)
		hook_say(env,
			 _("You will not be asked again. To draft it later: "
			   "git retro new --release %s"),
			 quote_word(env->arena, tags->at[0]));
	if (done)
		*written += tags->nr;
	else if (answer != ANSWER_NO)
		answer = ANSWER_LATER;
	failed = asked_put(asked, tags, answer);
	if (!e)
		return failed;
	err_free(failed);
	return e;
}

void offer_names(struct buf *out, const struct strs *tags)
{
	for (size_t i = 0; i < tags->nr && i < NAMES_MAX; i++)
		buf_addf(out, "%s%s", i ? ", " : "", tags->at[i]);
	if (tags->nr > NAMES_MAX)
		buf_addf(out, _(" and %zu more"), tags->nr - NAMES_MAX);
}

struct err *offer_named(struct hook_env *env, struct asked *asked,
			const struct strs *tags)
{
	struct strs fresh = { 0 };

	for (size_t i = 0; i < tags->nr; i++)
		if (asked_get(asked, tags->at[i]) == ANSWER_NONE)
			vec_push(env->arena, &fresh, tags->at[i]);
	return asked_put(asked, &fresh, ANSWER_NAMED);
}

static void say_many(struct hook_env *env, const struct strs *tags)
{
	struct buf names = BUF_INIT;

	offer_names(&names, tags);
	hook_say(env,
		 _("%zu releases have no retro yet: %s. To draft one: git "
		   "retro new --release %s"),
		 tags->nr, names.p, quote_word(env->arena, tags->at[0]));
	buf_release(&names);
}

struct err *offer_say(struct hook_env *env, struct asked *asked,
		      const struct strs *tags)
{
	if (tags->nr > LINES_MAX)
		say_many(env, tags);
	else
		for (size_t i = 0; i < tags->nr; i++)
			hook_say(env,
				 _("%s has no retro yet. To draft one: git "
				   "retro new --release %s"),
				 tags->at[i],
				 quote_word(env->arena, tags->at[i]));
	return offer_named(env, asked, tags);
}
