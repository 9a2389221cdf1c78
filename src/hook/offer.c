/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/offer.h"

#include <string.h>
#include <strings.h>

#include "base/proc.h"
#include "base/quote.h"
#include "base/text.h"
#include "hook/program.h"
#include "lineage/release.h"
#include "report/cover.h"

enum { TRIES = 3, NAMES_MAX = 5 };

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
	ask->fd = -1;
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

	if (e)
		return e;
	argv[0] = program;
	e = proc_foreground(&child, &status);
	*done = !e && status == 0;
	return e;
}

static struct err *draft(bool *done, struct hook_env *env, const char *tag)
{
	const char *argv[] = { NULL, "new",
			       arena_printf(env->arena, "--release=%s", tag),
			       NULL };

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

/* Any beginning of a word will do; an empty answer is the capital one. */
static enum answer parse_answer(const struct buf *line)
{
	static const struct {
		const char *word;
		enum answer answer;
	} words[] = {
		{ "yes", ANSWER_YES },
		{ "no", ANSWER_NO },
		{ "skip", ANSWER_SKIP },
		{ "later", ANSWER_LATER },
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncasecmp(line->p, words[i].word, line->n) &&
		    line->n <= strlen(words[i].word))
			return words[i].answer;
	return ANSWER_NONE;
}

/* What the person says to one release; `*stopped` if they want no more
 * questions. */
static enum answer question(bool *stopped, struct hook_env *env,
			    const struct ask *ask, const char *tag)
{
	const char *text =
		arena_printf(env->arena,
			     "%s is a release without a retro. Draft it now? "
			     "[Y/n/skip/later] ",
			     text_cleaned(env->arena, tag));
	enum answer answer = ANSWER_NONE;
	struct buf line = BUF_INIT;

	for (int i = 0; i < TRIES && answer == ANSWER_NONE; i++) {
		enum ask_reply reply = ask_line(&line, ask, text);

		if (reply == ASK_LINE)
			answer = parse_answer(&line);
		else
			answer = ANSWER_LATER;
		if (reply == ASK_NOBODY)
			hook_say(env, "no answer; the question comes again "
				      "when the tag is pushed");
		*stopped = reply != ASK_LINE;
		if (answer == ANSWER_NONE)
			hook_say(env, "please answer y, n, skip or later");
	}
	buf_release(&line);
	return answer == ANSWER_NONE ? ANSWER_LATER : answer;
}

static struct err *skip_release(bool *done, bool *stopped, struct hook_env *env,
				const struct ask *ask, const char *tag)
{
	const char *text =
		arena_printf(env->arena, "Why does %s need no retro? ",
			     text_cleaned(env->arena, tag));
	struct buf line = BUF_INIT;
	struct err *e = NULL;

	*stopped = ask_line(&line, ask, text) != ASK_LINE;
	if (!*stopped && line.n)
		e = waive(done, env, tag, line.p);
	buf_release(&line);
	return e;
}

/* One release: question, deed, memory. What did not come about counts as put
 * off. */
static struct err *settle_tag(bool *written, bool *stopped,
			      struct hook_env *env, struct asked *asked,
			      const struct ask *ask, const char *tag)
{
	enum answer answer = question(stopped, env, ask, tag);
	struct strs tags = { 0 };
	struct err *e = NULL, *failed;

	*written = false;
	if (answer == ANSWER_YES)
		e = draft(written, env, tag);
	else if (answer == ANSWER_SKIP)
		e = skip_release(written, stopped, env, ask, tag);
	if (answer != ANSWER_NO && !*written)
		answer = ANSWER_LATER;
	vec_push(env->arena, &tags, tag);
	failed = asked_put(asked, &tags, answer);
	if (!e)
		return failed;
	err_free(failed);
	return e;
}

struct err *offer_ask(size_t *written, struct hook_env *env,
		      struct asked *asked, const struct ask *ask,
		      const struct strs *tags)
{
	bool stopped = false, done;
	struct err *e = NULL;

	for (size_t i = 0; !e && !stopped && i < tags->nr; i++) {
		e = settle_tag(&done, &stopped, env, asked, ask, tags->at[i]);
		*written += done;
	}
	return e;
}

void offer_names(struct buf *out, const struct strs *tags)
{
	for (size_t i = 0; i < tags->nr && i < NAMES_MAX; i++)
		buf_addf(out, "%s%s", i ? ", " : "", tags->at[i]);
	if (tags->nr > NAMES_MAX)
		buf_addf(out, " and %zu more", tags->nr - NAMES_MAX);
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
		 "%zu releases are without a retro: %s; "
		 "git retro new --release %s drafts one",
		 tags->nr, names.p, quote_word(env->arena, tags->at[0]));
	buf_release(&names);
}

struct err *offer_say(struct hook_env *env, struct asked *asked,
		      const struct strs *tags)
{
	if (tags->nr > OFFER_MAX)
		say_many(env, tags);
	else
		for (size_t i = 0; i < tags->nr; i++)
			hook_say(env,
				 "%s is a release without a retro; "
				 "git retro new --release %s drafts it",
				 tags->at[i],
				 quote_word(env->arena, tags->at[i]));
	return offer_named(env, asked, tags);
}
