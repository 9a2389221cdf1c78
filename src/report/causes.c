/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/causes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "git/ancestry.h"
#include "git/mentions.h"
#include "git/names.h"
#include "git/oidmap.h"
#include "lineage/noise.h"

/* Commits that are less likely are no help. */
#define CAUSES_MAX 5
/* Of what blame finds, the heaviest are looked at. */
#define LIKELY_MAX 64
/* A commit that only changed the same names must have as much of them, and
 * stand among the first. */
#define SHARE_MIN  .1
#define SHARES_MAX 3

/* A commit that may be the cause, by what it changed. */
struct likely {
	struct oid id;
	size_t lines, beside, names;
	double weight, share, focus; /* git/blame.h, git/names.h */
	double score;
	bool root; /* it has no parent */
};

struct finder {
	struct arena *a;
	struct suggestions *out;
	size_t before; /* suggestions that were there */
	const struct oid *fix;
	struct blame_mentions named; /* those that are here */
	struct oids ids;
	struct VEC_OF(struct likely) likely; /* the likeliest first */
	struct blame_work *work;
	size_t names; /* of the fix */
};

/* --- what the message names --------------------------------------------- */

/* What is only spoken of must at least lie behind the fix. */
static struct err *keep_reached_causes(struct finder *finder, struct repo *repo,
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

static struct err *read_message(struct finder *finder, struct repo *repo,
				const struct commit *fix)
{
	struct blame_mentions mentions = { 0 };
	struct commits commits = { 0 };
	struct strs names = { 0 };
	struct err *e;

	message_causes(&mentions, finder->a, fix->message);
	for (size_t i = 0; i < mentions.nr; i++)
		vec_push(finder->a, &names, mentions.at[i].id);
	if (!names.nr)
		return NULL;
	e = walk_many(&commits, finder->a, repo, &names);
	return e ? e : keep_reached_causes(finder, repo, &mentions, &commits);
}

/* --- what the content tells --------------------------------------------- */

static void add_blamed(struct finder *finder, const struct blamed_lines *blamed)
{
	for (size_t i = 0; i < blamed->nr && i < LIKELY_MAX; i++)
		vec_push(finder->a, &finder->likely,
			 (struct likely){ .id = blamed->at[i].commit,
					  .lines = blamed->at[i].lines,
					  .beside = blamed->at[i].beside,
					  .weight = blamed->at[i].weight });
}

static void add_namesakes(struct finder *finder,
			  const struct namesakes *namesakes)
{
	struct oidmap places = OIDMAP_INIT;
	size_t at;

	for (size_t i = 0; i < finder->likely.nr; i++)
		oidmap_add(&places, &finder->likely.at[i].id, i);
	for (size_t i = 0; i < namesakes->list.nr; i++) {
		const struct namesake *namesake = &namesakes->list.at[i];
		struct likely *likely;

		if (!oidmap_get(&at, &places, &namesake->commit)) {
			if (namesake->share < SHARE_MIN)
				continue;
			at = finder->likely.nr;
			vec_push(finder->a, &finder->likely,
				 (struct likely){ .id = namesake->commit });
		}
		likely = &finder->likely.at[at];
		likely->names = namesake->names;
		likely->share = namesake->share;
		likely->focus = namesake->focus;
	}
	finder->names = namesakes->total;
	oidmap_release(&places);
}

/* Found on 240 fixes of six projects that name their cause: lines count less
 * the more there are, old commits less than new ones, and what somebody did in
 * the last days is what they repair (tests/real/suggest.md). */
static double score_likely(const struct likely *likely,
			   const struct commit *commit,
			   const struct commit *fix)
{
	double days =
		(double)(fix->committed.seconds - commit->committed.seconds) /
		86400;
	double score =
		2 * log1p(likely->weight) + likely->share + .1 * likely->focus;

	if (days < 0)
		days = 0;
	score -= .3 * log1p(days / 30);
	if (!strcmp(fix->author.mail, commit->author.mail))
		score += .5 * exp(-days / 5);
	return likely->root ? score - 1 : score;
}

static int likeliest_first(const void *a, const void *b)
{
	const struct likely *one = a, *two = b;

	if (one->score != two->score)
		return one->score > two->score ? -1 : 1;
	return memcmp(one->id.raw, two->id.raw, OID_RAW);
}

static struct err *sort_likely(struct finder *finder, struct repo *repo,
			       const struct commit *fix)
{
	struct strs names = { 0 };
	struct commits commits = { 0 };
	char hex[OID_HEX + 1];
	struct err *e;

	if (!finder->likely.nr)
		return NULL;
	for (size_t i = 0; i < finder->likely.nr; i++)
		vec_push(finder->a, &names,
			 arena_strdup(finder->a,
				      oid_hex(hex, &finder->likely.at[i].id)));
	e = walk_many(&commits, finder->a, repo, &names);
	if (e)
		return e;
	for (size_t i = 0; i < finder->likely.nr; i++) {
		struct likely *likely = &finder->likely.at[i];

		likely->root = !commits.at[i].parent_count;
		likely->score = score_likely(likely, &commits.at[i], fix);
	}
	qsort(finder->likely.at, finder->likely.nr, sizeof(*finder->likely.at),
	      likeliest_first);
	return NULL;
}

/* What the message names makes the look at the commits before it needless. */
static struct err *read_content(struct finder *finder, struct repo *repo,
				const struct commit *fix)
{
	struct blamed_lines blamed = { 0 };
	struct namesakes namesakes = { 0 };
	bool named = false;
	struct err *e = blame_change(&blamed, finder->work, finder->a, repo,
				     finder->fix, noise_is_aside);

	for (size_t i = 0; i < finder->named.nr; i++)
		named |= finder->named.at[i].word == BLAME_NAMED;
	if (!e && !named)
		e = names_before(&namesakes, finder->a, repo, finder->fix);
	if (e)
		return e;
	add_blamed(finder, &blamed);
	add_namesakes(finder, &namesakes);
	return sort_likely(finder, repo, fix);
}

/* --- what is suggested -------------------------------------------------- */

static const struct likely *find_likely(const struct finder *finder,
					const struct oid *id)
{
	static const struct likely none;

	for (size_t i = 0; i < finder->likely.nr; i++)
		if (oid_equal(&finder->likely.at[i].id, id))
			return &finder->likely.at[i];
	return &none;
}

/* How much of what the content tells, for a person. */
static void tell_content(struct suggestion *out, const struct finder *finder,
			 const struct likely *likely)
{
	if (likely->lines) {
		out->lines = likely->lines;
		out->total = finder->work->lines;
	} else if (likely->beside) {
		out->lines = likely->beside;
		out->total = finder->work->beside;
	} else if (out->why == SUGGEST_SHARES) {
		out->lines = likely->names;
		out->total = finder->names;
	}
}

static void add_cause(struct finder *finder, const struct oid *id,
		      enum suggest_why why)
{
	struct suggestion suggestion = {
		.role = "cause", .commit = *id, .why = why, .of = *finder->fix
	};

	for (size_t i = finder->before; i < finder->out->nr; i++)
		if (oid_equal(&finder->out->at[i].commit, id))
			return;
	if (finder->out->nr - finder->before == CAUSES_MAX)
		return;
	tell_content(&suggestion, finder, find_likely(finder, id));
	vec_push(finder->a, finder->out, suggestion);
}

/* Those of one word; only those whose lines it changes, too, with `blamed`. */
static void add_named_cause(struct finder *finder, enum blame_word word,
			    bool blamed)
{
	for (size_t i = 0; i < finder->named.nr; i++)
		if (finder->named.at[i].word == word &&
		    (!blamed ||
		     find_likely(finder, &finder->ids.at[i])->weight > 0))
			add_cause(finder, &finder->ids.at[i],
				  word == BLAME_NAMED ? SUGGEST_SAID
						      : SUGGEST_SPOKEN);
}

/* What was there from the start stands beside most lines. */
static bool is_idle(const struct finder *finder, const struct likely *likely)
{
	size_t nr = finder->out->nr - finder->before;

	if (likely->lines)
		return false;
	return likely->root ? nr > 0 : !likely->beside && nr >= SHARES_MAX;
}

static void add_likely(struct finder *finder)
{
	for (size_t i = 0; i < finder->likely.nr; i++) {
		const struct likely *likely = &finder->likely.at[i];

		if (is_idle(finder, likely))
			continue;
		add_cause(finder, &likely->id,
			  likely->lines    ? SUGGEST_BLAMED
			  : likely->beside ? SUGGEST_AROUND
					   : SUGGEST_SHARES);
	}
}

struct err *causes_find(struct suggestions *out, struct blame_work *work,
			struct arena *a, struct repo *repo,
			const struct oid *fix)
{
	struct finder finder = {
		.a = a, .out = out, .before = out->nr, .fix = fix, .work = work
	};
	struct commit commit;
	struct err *e = walk_one(&commit, a, repo, fix);

	if (!e)
		e = read_message(&finder, repo, &commit);
	if (!e)
		e = read_content(&finder, repo, &commit);
	if (e)
		return e;
	add_named_cause(&finder, BLAME_NAMED, false);
	add_named_cause(&finder, BLAME_SINCE, true);
	add_named_cause(&finder, BLAME_SPOKEN, true);
	add_named_cause(&finder, BLAME_SINCE, false);
	add_likely(&finder);
	add_named_cause(&finder, BLAME_SPOKEN, false);
	return suggest_describe(out, a, repo, finder.before);
}
