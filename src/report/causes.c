/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/causes.h"

#include "git/ancestry.h"
#include "git/mentions.h"

/* Commits that are less likely are no help. */
#define CAUSES_MAX 5

struct finder {
	struct arena *a;
	struct suggestions *out;
	size_t before; /* suggestions that were there */
	const struct oid *fix;
	struct blame_mentions named; /* those that are here */
	struct oids ids;
	struct blamed_lines blamed;
	struct blame_work *work;
};

/* --- what the message names --------------------------------------------- */

/* What is only spoken of must at least lie behind the fix. */
static struct err *keep_reached(struct finder *finder, struct repo *repo,
				const struct blame_mentions *mentions,
				const struct commits *commits)
{
	bool *reached = arena_alloc(finder->a, mentions->nr + 1);
	struct oids ids = { 0 };
	struct VEC_OF(enum blame_word) words = { 0 };
	struct err *e;

	for (size_t i = 0; i < mentions->nr; i++) {
		const struct oid *id = &commits->at[i].id;

		if (oid_is_zero(id) || oid_equal(id, finder->fix))
			continue;
		vec_push(finder->a, &ids, *id);
		vec_push(finder->a, &words, mentions->at[i].word);
	}
	e = ancestry_reached(reached, repo, finder->fix, &ids);
	for (size_t i = 0; !e && i < ids.nr; i++)
		if (reached[i] || words.at[i] == BLAME_NAMED) {
			vec_push(finder->a, &finder->ids, ids.at[i]);
			vec_push(finder->a, &finder->named,
				 (struct blame_mention){ .word = words.at[i] });
		}
	return e;
}

static struct err *read_message(struct finder *finder, struct repo *repo)
{
	struct blame_mentions mentions = { 0 };
	struct commits commits = { 0 };
	struct strs names = { 0 };
	struct commit fix;
	struct err *e = walk_one(&fix, finder->a, repo, finder->fix);

	if (e)
		return e;
	message_causes(&mentions, finder->a, fix.message);
	for (size_t i = 0; i < mentions.nr; i++)
		vec_push(finder->a, &names, mentions.at[i].id);
	if (!names.nr)
		return NULL;
	e = walk_many(&commits, finder->a, repo, &names);
	return e ? e : keep_reached(finder, repo, &mentions, &commits);
}

/* --- what is suggested -------------------------------------------------- */

static size_t lines_of(const struct finder *finder, const struct oid *id)
{
	for (size_t i = 0; i < finder->blamed.nr; i++)
		if (oid_equal(&finder->blamed.at[i].commit, id))
			return finder->blamed.at[i].lines;
	return 0;
}

static void add_cause(struct finder *finder, const struct oid *id,
		      enum suggest_why why)
{
	for (size_t i = finder->before; i < finder->out->nr; i++)
		if (oid_equal(&finder->out->at[i].commit, id))
			return;
	if (finder->out->nr - finder->before == CAUSES_MAX)
		return;
	vec_push(finder->a, finder->out,
		 (struct suggestion){ .role = "cause",
				      .commit = *id,
				      .why = why,
				      .of = *finder->fix,
				      .lines = lines_of(finder, id),
				      .total = finder->work->lines });
}

/* Those of one word; only those that blame finds, too, with `blamed`. */
static void add_named(struct finder *finder, enum blame_word word, bool blamed)
{
	for (size_t i = 0; i < finder->named.nr; i++)
		if (finder->named.at[i].word == word &&
		    (!blamed || lines_of(finder, &finder->ids.at[i])))
			add_cause(finder, &finder->ids.at[i],
				  word == BLAME_NAMED ? SUGGEST_SAID
						      : SUGGEST_SPOKEN);
}

struct err *causes_find(struct suggestions *out, struct blame_work *work,
			struct arena *a, struct repo *repo,
			const struct oid *fix)
{
	struct finder finder = {
		.a = a, .out = out, .before = out->nr, .fix = fix, .work = work
	};
	struct err *e = read_message(&finder, repo);

	if (!e)
		e = blame_change(&finder.blamed, work, a, repo, fix);
	if (e)
		return e;
	add_named(&finder, BLAME_NAMED, false);
	add_named(&finder, BLAME_SINCE, true);
	add_named(&finder, BLAME_SPOKEN, true);
	add_named(&finder, BLAME_SINCE, false);
	for (size_t i = 0; i < finder.blamed.nr; i++)
		add_cause(&finder, &finder.blamed.at[i].commit,
			  work->around ? SUGGEST_AROUND : SUGGEST_BLAMED);
	add_named(&finder, BLAME_SPOKEN, false);
	return suggest_describe(out, a, repo, finder.before);
}
