/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A release was tagged here: the one place where git tells us of a tag.
 * git-retro-hook has left out what is no release, what somebody else made and
 * what is only being packed. The exit code is never other than 0: in any state
 * but "committed" it would undo what the person did.
 */
#include <string.h>

#include "git/ref.h"
#include "hook/hook.h"
#include "hook/input.h"
#include "hook/offer.h"
#include "hook/refresh.h"

#define TAGS "refs/tags/"

/* The tags that were made, as they are now; one that is gone again is left
 * out. */
static struct err *find_made_tags(struct refs *out, struct hook_env *env)
{
	const char *at = env->in->p;
	struct input_line line;

	while (input_next(&line, env->arena, &at)) {
		struct ref tag;
		struct err *e;

		if (line.nr < 3 || input_is_zero(line.words[1]) ||
		    strncmp(line.words[2], TAGS, strlen(TAGS)))
			continue;
		e = ref_tag(&tag, env->arena, env->repo,
			    line.words[2] + strlen(TAGS));
		if (!e)
			vec_push(env->arena, out, tag);
		else if (e->code != ERR_NOT_FOUND)
			return e;
		err_free(e);
	}
	return NULL;
}

/* A tag that is made anew is not asked for anew. */
static void drop_settled(struct strs *tags, const struct asked *asked)
{
	size_t kept = 0;

	for (size_t i = 0; i < tags->nr; i++) {
		enum answer answer = asked_get(asked, tags->at[i]);

		if (answer == ANSWER_NONE || answer == ANSWER_NAMED)
			tags->at[kept++] = tags->at[i];
	}
	tags->nr = kept;
}

/* Whether the person was asked for a release on the same commit: a script that
 * makes a tag for each package is one release to them. */
static bool was_commit_asked(struct hook_env *env, const struct asked *asked,
			     const struct refs *tags)
{
	for (size_t i = 0; i < asked->lines.nr; i++) {
		const struct asked_line *line = &asked->lines.at[i];
		struct ref other;
		struct err *e;

		if (line->answer == ANSWER_NAMED ||
		    strcmp(line->mail, asked->mail) != 0)
			continue;
		e = ref_tag(&other, env->arena, env->repo, line->tag);
		for (size_t j = 0; !e && j < tags->nr; j++)
			if (oid_equal(&other.commit, &tags->at[j].commit) &&
			    strcmp(other.name, tags->at[j].name) != 0)
				return true;
		err_pass(e);
	}
	return false;
}

static struct err *speak_of_tags(struct hook_env *env)
{
	struct refs tags = { 0 };
	struct strs owed = { 0 };
	struct asked asked;
	struct ask ask = { -1, 0 };
	size_t written = 0;
	struct err *e = find_made_tags(&tags, env);

	if (!e)
		e = offer_owed(&owed, env, &tags, true, NULL);
	if (!e)
		e = asked_load(&asked, env->arena, env->repo, env->config);
	if (e)
		return e;
	drop_settled(&owed, &asked);
	if (!owed.nr)
		return NULL;
	if (!was_commit_asked(env, &asked, &tags) &&
	    offer_open(&ask, env, owed.nr))
		e = offer_ask(&written, env, &asked, &ask, &owed);
	else
		e = offer_say(env, &asked, &owed);
	ask_close(&ask);
	return e;
}

static struct err *run_reference_transaction(struct hook_env *env, int *status)
{
	struct err *e = NULL;

	*status = 0;
	if (!env->args->nr || strcmp(env->args->at[0], "committed"))
		return NULL;
	if (env->policy->on_tag != ON_TAG_OFF)
		e = speak_of_tags(env);
	refresh_table(env, false);
	return e;
}

const struct hook hook_reference_transaction = {
	.name = "reference-transaction",
	.summary = "Asks for the retro of a release that was tagged here",
	.run = run_reference_transaction,
};
