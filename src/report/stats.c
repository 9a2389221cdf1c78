/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/stats.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/when.h"
#include "corpus/actions.h"
#include "corpus/exposure.h"
#include "git/repo.h"
#include "git/rev.h"
#include "git/walk.h"
#include "lineage/release.h"
#include "lineage/release_lines.h"
#include "model/body.h"
#include "report/delivery.h"
#include "report/freshness.h"
#include "report/pitfalls.h"
#include "report/promises.h"

/* An open action evaporated when nobody closed it so many days after it was
 * due; one without a due date, after its retro's day. */
enum { EVAPORATED_DUE = 90, EVAPORATED_UNDUE = 180 };

#define NO_NAME "none"

const char *const stats_by_names[] = { "quarter", "month", "year", "release",
				       "kind",    "label", "path", NULL };

/* Where a figure counts: each group of a retro, and all. */
struct places VEC_OF(struct stats_group *);

struct look {
	struct stats *out;
	struct corpus *corpus;
	const struct query *query;
	enum stats_by by;
	int zone; /* of days, minutes east of UTC */
	int32_t today;
	struct releases releases;
	struct release_lines lines;
	struct exposures exposures;
	struct delivery delivery;
	const struct retro *placed; /* see places_of() */
	struct places places;
};

static int32_t day_in_zone(const struct look *look, int64_t seconds)
{
	return day_of((struct moment){ seconds, look->zone });
}

/* --- groups -------------------------------------------------------------- */

static const char *period_name(const struct look *look, int32_t day)
{
	struct arena *a = look->corpus->arena;
	char *text;
	int month;

	if (day == DAY_NONE)
		return NO_NAME;
	text = day_format(a, day); /* 2026-11-24 */
	if (look->by == BY_YEAR)
		return arena_strndup(a, text, 4);
	if (look->by == BY_MONTH)
		return arena_strndup(a, text, 7);
	month = (text[5] - '0') * 10 + text[6] - '0';
	memcpy(text + 5, (const char[]){ 'Q', (char)('0' + (month + 2) / 3) },
	       2);
	text[7] = '\0';
	return text;
}

static void name_groups_of(struct strs *out, const struct look *look,
			   const struct retro *retro)
{
	struct arena *a = look->corpus->arena;
	const struct strs *names = NULL;

	switch (look->by) {
	case BY_QUARTER:
	case BY_MONTH:
	case BY_YEAR:
		vec_push(a, out, period_name(look, retro->date));
		return;
	case BY_KIND:
		if (retro->kind)
			vec_push(a, out, kind_name(retro->kind));
		break;
	case BY_RELEASE:
		names = &retro->releases;
		break;
	case BY_LABEL:
		names = &retro->labels;
		break;
	case BY_PATH:
		names = &retro->paths;
		break;
	}
	for (size_t i = 0; names && i < names->nr; i++)
		strs_add(a, out, names->at[i]);
	if (!out->nr)
		vec_push(a, out, NO_NAME);
}

/* Where a release counts; "" where it is of no group. */
static const char *group_of_release(const struct look *look,
				    const struct release *release)
{
	if (look->by == BY_RELEASE)
		return release->tag.name;
	if (look->by == BY_QUARTER || look->by == BY_MONTH ||
	    look->by == BY_YEAR)
		return period_name(look, day_in_zone(look, release->time));
	return "";
}

static int compare_group_name(const void *name, const void *group)
{
	return strcmp(name, ((const struct stats_group *)group)->name);
}

static struct stats_group *find_stats_group(const struct look *look,
					    const char *name)
{
	const struct stats_groups *groups = &look->out->groups;

	if (!groups->nr)
		return NULL;
	return bsearch(name, groups->at, groups->nr, sizeof(*groups->at),
		       compare_group_name);
}

static void widen(struct stats *out, int32_t day)
{
	if (day == DAY_NONE)
		return;
	if (out->first == DAY_NONE || day < out->first)
		out->first = day;
	if (out->last == DAY_NONE || day > out->last)
		out->last = day;
}

/* All groups that there will be, by name. */
static void make_groups(const struct look *look)
{
	struct arena *a = look->corpus->arena;
	const struct retros *retros = &look->corpus->retros;
	struct stats *out = look->out;
	struct strs names = { 0 };

	for (size_t i = 0; i < retros->nr; i++) {
		struct strs own = { 0 };

		name_groups_of(&own, look, retros->at[i]);
		strs_append(a, &names, &own);
		widen(out, retros->at[i]->date);
	}
	for (size_t i = 0; i < look->delivery.releases.nr; i++) {
		const struct delivered *one = &look->delivery.releases.at[i];

		if (!one->wanted)
			continue;
		vec_push(a, &names, group_of_release(look, one->release));
		widen(out, day_in_zone(look, one->release->time));
	}
	strs_sort_unique(&names);
	/* Each is large, and there may be one for each of thousands of
	 * releases. */
	out->groups.at =
		arena_alloc(a, (names.nr + 1) * sizeof(struct stats_group));
	out->groups.cap = names.nr;
	for (size_t i = 0; i < names.nr; i++)
		if (names.at[i][0])
			vec_push(a, &out->groups,
				 (struct stats_group){ .name = names.at[i],
						       .order = INT64_MAX });
}

/* --- where a figure counts ----------------------------------------------- */

/* Figures come retro by retro, so the last one's are kept. */
static const struct places *places_of(struct look *look,
				      const struct retro *retro)
{
	struct arena *a = look->corpus->arena;
	struct strs names = { 0 };

	if (look->placed == retro)
		return &look->places;
	look->placed = retro;
	look->places.nr = 0;
	name_groups_of(&names, look, retro);
	vec_push(a, &look->places, &look->out->total);
	for (size_t i = 0; i < names.nr; i++)
		vec_push(a, &look->places, find_stats_group(look, names.at[i]));
	return &look->places;
}

static struct places places_of_release(const struct look *look,
				       const struct release *release)
{
	struct arena *a = look->corpus->arena;
	struct places places = { 0 };
	struct stats_group *group =
		find_stats_group(look, group_of_release(look, release));

	vec_push(a, &places, &look->out->total);
	if (group)
		vec_push(a, &places, group);
	return places;
}

static void count_at(const struct look *look, const struct places *places,
		     enum measure measure, struct evidence_of evidence)
{
	for (size_t i = 0; i < places->nr; i++)
		measure_count(&places->at[i]->at[measure], look->corpus->arena,
			      evidence);
}

static void value_at(const struct look *look, const struct places *places,
		     enum measure measure, int64_t value,
		     struct evidence_of evidence)
{
	for (size_t i = 0; i < places->nr; i++)
		measure_value(&places->at[i]->at[measure], look->corpus->arena,
			      value, evidence);
}

/* One more that a share is of; counted too where it is one. */
static void share_at(const struct look *look, const struct places *places,
		     enum measure measure, bool is, struct evidence_of evidence)
{
	for (size_t i = 0; i < places->nr; i++)
		places->at[i]->at[measure].of++;
	if (is)
		count_at(look, places, measure, evidence);
}

static struct evidence_of told_by(const char *retro)
{
	return (struct evidence_of){ .retro = retro };
}

/* --- retros -------------------------------------------------------------- */

/* What a retro looks back on: the tag of the first release that it covers, else
 * when it was resolved or began. DAY_NONE: nobody knows. */
static int32_t event_day(const struct look *look, const struct retro *retro)
{
	int32_t first = DAY_NONE;

	for (size_t i = 0; retro_covers(retro) && i < retro->releases.nr; i++) {
		const struct delivered *one =
			delivery_find(&look->delivery, retro->releases.at[i]);
		int32_t day =
			one ? day_in_zone(look, one->release->time) : DAY_NONE;

		if (day != DAY_NONE && (first == DAY_NONE || day < first))
			first = day;
	}
	if (first == DAY_NONE && retro->resolved.known)
		first = day_of(retro->resolved.at);
	if (first == DAY_NONE && retro->started.known)
		first = day_of(retro->started.at);
	return first;
}

static void measure_times(const struct look *look, const struct places *places,
			  const struct retro *retro)
{
	static const struct {
		enum measure measure;
		size_t offset;
	} ends[] = {
		{ MEASURE_TIME_TO_DETECT, offsetof(struct retro, detected) },
		{ MEASURE_TIME_TO_MITIGATE, offsetof(struct retro, mitigated) },
		{ MEASURE_TIME_TO_RESOLVE, offsetof(struct retro, resolved) },
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		const struct field_time *end =
			(const void *)((const char *)retro + ends[i].offset);
		int64_t took = end->at.seconds - retro->started.at.seconds;

		if (retro->started.known && end->known && took >= 0)
			value_at(look, places, ends[i].measure, took,
				 told_by(retro->id));
	}
}

static void measure_retro(struct look *look, const struct retro *retro)
{
	const struct places *places = places_of(look, retro);
	int32_t from = event_day(look, retro), to = retro_drafted(retro);

	count_at(look, places, MEASURE_RETROS, told_by(retro->id));
	if (to == DAY_NONE)
		to = retro->date;
	if (from != DAY_NONE && to != DAY_NONE)
		value_at(look, places, MEASURE_TIME_TO_RETRO,
			 to > from ? to - from : 0, told_by(retro->id));
	measure_times(look, places, retro);
}

/* --- pitfalls ------------------------------------------------------------ */

static void measure_pitfalls(struct look *look,
			     const struct listed_pitfalls *pitfalls)
{
	struct arena *a = look->corpus->arena;

	for (size_t i = 0; i < pitfalls->nr; i++) {
		const struct listed_pitfall *one = &pitfalls->at[i];
		const struct places *places = places_of(look, one->retro);
		const char *name =
			one->pitfall->id
				? arena_printf(a, "%s#%s", one->retro->id,
					       one->pitfall->id)
				: one->retro->id;

		count_at(look, places, MEASURE_PITFALLS, told_by(name));
		share_at(look, places, MEASURE_CAME_BACK, one->came_back.nr > 0,
			 told_by(name));
	}
}

/* A branch that has the cause and lacks the fix, now. */
static void measure_carried(struct look *look)
{
	const struct release_lines *lines = &look->lines;

	for (size_t i = 0; i < look->exposures.nr; i++) {
		const struct exposure *one = &look->exposures.at[i];
		const struct places *places = places_of(look, one->retro);
		struct evidence_of evidence = told_by(retro_problem_name(
			look->corpus->arena, one->retro, one->problem));
		bool unknown = false;

		for (size_t j = 0; !evidence.release && j < lines->nr; j++) {
			enum trace_state state = one->trace->cells[j].state;

			if (lines->at[j].type == REF_TAG)
				continue;
			if (state == TRACE_EXPOSED)
				evidence.release = lines->at[j].name;
			unknown |= state == TRACE_UNKNOWN;
		}
		share_at(look, places, MEASURE_CARRIED,
			 evidence.release != NULL, evidence);
		for (size_t j = 0;
		     unknown && !evidence.release && j < places->nr; j++)
			places->at[j]->at[MEASURE_CARRIED].unknown++;
	}
}

/* Of those of which something is known. */
static struct err *measure_stale(struct look *look)
{
	struct corpus *corpus = look->corpus;
	struct freshness_list list = { 0 };
	struct err *e = freshness_load(&list, corpus, &corpus->retros, 0);

	for (size_t i = 0; !e && i < list.nr; i++) {
		const struct freshness *one = &list.at[i];
		const struct problem *problem = one->problem;

		if (one->left >= FRESHNESS_FEW &&
		    !retro_is_retired(one->retro, problem->pitfall))
			share_at(look, places_of(look, one->retro),
				 MEASURE_STALE, freshness_is_gone(one),
				 told_by(retro_problem_name(
					 corpus->arena, one->retro, problem)));
	}
	return e;
}

/* --- actions ------------------------------------------------------------- */

static bool is_evaporated(const struct look *look,
			  const struct listed_action *listed)
{
	int32_t due = listed->action->due, day = listed->retro->date;

	if (listed->state != ACTION_OPEN)
		return false;
	if (due != DAY_NONE)
		return look->today - due > EVAPORATED_DUE;
	return day != DAY_NONE && look->today - day > EVAPORATED_UNDUE;
}

/* What `done:` says is a day, or a commit, of which git must be asked for the
 * day. */
static bool done_by_commit(const struct listed_action *listed)
{
	int32_t day;

	return listed->state == ACTION_DONE && !listed->closed &&
	       listed->action->done && !day_parse(&day, listed->action->done);
}

static int32_t day_closed(const struct listed_action *listed,
			  const struct commit *commit)
{
	int32_t day = DAY_NONE;

	if (listed->closed)
		return day_of(listed->closed->committed);
	if (commit && !oid_is_zero(&commit->id))
		return day_of(commit->committed);
	if (!commit && listed->action->done &&
	    day_parse(&day, listed->action->done))
		return day;
	return DAY_NONE;
}

/* Of those of which it is known. */
static void measure_promise(const struct look *look,
			    const struct places *places,
			    const struct listed_action *listed)
{
	enum promise promise = listed->promise;

	if (promise == PROMISE_UNKNOWN)
		return;
	share_at(look, places,
		 listed->state == ACTION_OPEN ? MEASURE_STALLED
					      : MEASURE_UNDONE,
		 promise != PROMISE_GOOD, told_by(listed->name));
}

static void measure_action(struct look *look,
			   const struct listed_action *listed,
			   const struct commit *commit)
{
	const struct places *places = places_of(look, listed->retro);
	const struct evidence_of named = told_by(listed->name);
	int32_t day = listed->retro->date, closed = DAY_NONE;
	enum action_state state = listed->state;

	count_at(look, places, MEASURE_ACTIONS, named);
	share_at(look, places, MEASURE_DONE, state == ACTION_DONE, named);
	share_at(look, places, MEASURE_DECLINED, state == ACTION_DECLINED,
		 named);
	share_at(look, places, MEASURE_OPEN, state == ACTION_OPEN, named);
	share_at(look, places, MEASURE_OVERDUE, listed->overdue, named);
	share_at(look, places, MEASURE_EVAPORATED, is_evaporated(look, listed),
		 named);
	measure_promise(look, places, listed);
	if (day == DAY_NONE)
		return;
	if (state == ACTION_OPEN && look->today >= day)
		value_at(look, places, MEASURE_OPEN_AGE, look->today - day,
			 named);
	if (state == ACTION_DONE)
		closed = day_closed(listed, commit);
	if (closed != DAY_NONE)
		value_at(look, places, MEASURE_TIME_TO_CLOSE,
			 closed > day ? closed - day : 0, named);
}

static struct err *measure_actions(struct look *look,
				   const struct config *config)
{
	struct arena *a = look->corpus->arena;
	struct listed_actions actions = { 0 };
	struct strs names = { 0 };
	struct commits commits = { 0 };
	size_t at = 0;
	struct err *e = actions_list(&actions, look->corpus);

	if (!e)
		e = promises_load(&actions, look->corpus, config);

	for (size_t i = 0; !e && i < actions.nr; i++)
		if (done_by_commit(&actions.at[i]))
			vec_push(a, &names, actions.at[i].action->done);
	if (!e && names.nr)
		e = walk_many(&commits, a, look->corpus->repo, &names);
	for (size_t i = 0; !e && i < actions.nr; i++) {
		const struct commit *commit = NULL;

		if (done_by_commit(&actions.at[i]))
			commit = &commits.at[at++];
		measure_action(look, &actions.at[i], commit);
	}
	return e;
}

/* --- releases ------------------------------------------------------------ */

static void measure_release(const struct look *look,
			    const struct delivered *one)
{
	const struct places places = places_of_release(look, one->release);
	struct evidence_of named = { .release = one->release->tag.name };

	count_at(look, &places, MEASURE_RELEASES, named);
	for (size_t i = 0; i < one->waits.nr; i++)
		value_at(look, &places, MEASURE_LEAD_TIME, one->waits.at[i],
			 i ? (struct evidence_of){ 0 } : named);
	named.retro = one->fault;
	share_at(look, &places, MEASURE_CHANGE_FAIL, one->fault != NULL, named);
	named.retro = one->repair;
	share_at(look, &places, MEASURE_REWORK, one->repair != NULL, named);
}

static void measure_delivery(struct look *look)
{
	const struct delivery *delivery = &look->delivery;

	for (size_t i = 0; i < delivery->releases.nr; i++)
		if (delivery->releases.at[i].wanted)
			measure_release(look, &delivery->releases.at[i]);
	for (size_t i = 0; i < delivery->recoveries.nr; i++) {
		const struct recovery *one = &delivery->recoveries.at[i];
		const struct places *places = places_of(look, one->retro);

		value_at(look, places, MEASURE_RECOVERY, one->seconds,
			 (struct evidence_of){
				 one->release ? one->release->tag.name : NULL,
				 one->name });
	}
}

/* --- all ----------------------------------------------------------------- */

static struct err *find_stats_lines(struct look *look,
				    const struct config *config)
{
	struct corpus *corpus = look->corpus;
	struct release_line head = { .type = REF_BRANCH, .name = "HEAD" };
	struct oids tips = { 0 };
	struct err *e =
		release_lines_find(&look->lines, corpus->arena, corpus->repo,
				   config, corpus->policy, NULL, NULL);

	if (!e)
		e = rev_add_head(&tips, corpus->arena, corpus->repo);
	if (!e && tips.nr) {
		head.commit = tips.at[0];
		vec_push(corpus->arena, &look->lines, head);
	}
	return e;
}

static void drop_uncounted(struct corpus *corpus)
{
	struct retros *retros = &corpus->retros;
	size_t kept = 0;

	for (size_t i = 0; i < retros->nr; i++)
		if (retros->at[i]->status != STATUS_WAIVED &&
		    retros->at[i]->status != STATUS_SUPERSEDED)
			retros->at[kept++] = retros->at[i];
	retros->nr = kept;
}

/* The seconds that a filter's day begins and ends with. */
static int64_t second_of(const struct look *look, const char *when, bool last)
{
	struct days days;

	if (!when || !when_parse(&days, when, look->today))
		return last ? INT64_MAX : INT64_MIN;
	if (last)
		return ((int64_t)days.last + 1) * 86400 - 60 * look->zone - 1;
	return (int64_t)days.first * 86400 - 60 * look->zone;
}

static struct err *load_sources(struct look *look, const struct config *config,
				struct listed_pitfalls *pitfalls)
{
	struct corpus *corpus = look->corpus;
	struct err *e = pitfalls_list(pitfalls, corpus, look->query);
	size_t kept = 0;

	if (e)
		return e;
	drop_uncounted(corpus);
	corpus_zones(corpus, &corpus->retros);
	for (size_t i = 0; i < pitfalls->nr; i++)
		if (pitfalls->at[i].retro->status != STATUS_WAIVED &&
		    pitfalls->at[i].retro->status != STATUS_SUPERSEDED)
			pitfalls->at[kept++] = pitfalls->at[i];
	pitfalls->nr = kept;
	e = find_stats_lines(look, config);
	if (!e)
		e = exposure_load(&look->exposures, corpus, &corpus->retros,
				  &look->lines);
	if (!e)
		e = release_list(&look->releases, corpus->arena, corpus->repo,
				 corpus->policy);
	if (!e)
		e = delivery_load(
			&look->delivery, corpus, &look->releases,
			&look->exposures,
			look->out->delivery
				? second_of(look, look->query->since, false)
				: INT64_MAX,
			second_of(look, look->query->until, true));
	return e;
}

static int by_group_order(const void *a, const void *b)
{
	const struct stats_group *one = a, *other = b;

	if (one->order != other->order)
		return one->order < other->order ? -1 : 1;
	return strcmp(one->name, other->name);
}

static void order_groups(const struct look *look)
{
	struct stats_groups *groups = &look->out->groups;
	const struct delivery *delivery = &look->delivery;
	struct stats_group *none = find_stats_group(look, NO_NAME);

	for (size_t i = 0; look->by == BY_RELEASE && i < delivery->releases.nr;
	     i++) {
		struct stats_group *group = find_stats_group(
			look, delivery->releases.at[i].release->tag.name);

		if (group)
			group->order = (int64_t)i;
	}
	for (size_t i = 0; i < groups->nr; i++) {
		struct stats_group *group = &groups->at[i];

		if (look->by == BY_KIND || look->by == BY_LABEL ||
		    look->by == BY_PATH)
			group->order = -(int64_t)group->at[MEASURE_RETROS].n;
		else if (look->by != BY_RELEASE)
			group->order = 0;
	}
	if (none)
		none->order = INT64_MAX;
	if (groups->nr)
		qsort(groups->at, groups->nr, sizeof(*groups->at),
		      by_group_order);
}

static void settle_group(struct stats_group *group)
{
	for (size_t i = 0; i < MEASURES; i++)
		measure_settle(&group->at[i]);
}

struct err *stats_load(struct stats *out, struct corpus *corpus,
		       const struct config *config, const struct query *query,
		       enum stats_by by)
{
	struct moment now = moment_now();
	struct listed_pitfalls pitfalls = { 0 };
	struct look look = { .out = out,
			     .corpus = corpus,
			     .query = query,
			     .by = by,
			     .zone = now.zone,
			     .today = day_of(now) };
	struct err *e;

	*out = (struct stats){ .by = by,
			       .first = DAY_NONE,
			       .last = DAY_NONE,
			       .total = { .name = "all" } };
	out->cut = repo_is_shallow(corpus->repo);
	out->delivery =
		!query->kinds.nr && !query->labels.nr && !query->paths.nr;
	e = load_sources(&look, config, &pitfalls);
	if (e)
		return e;
	make_groups(&look);
	for (size_t i = 0; i < corpus->retros.nr; i++)
		measure_retro(&look, corpus->retros.at[i]);
	measure_pitfalls(&look, &pitfalls);
	measure_carried(&look);
	if (out->delivery)
		measure_delivery(&look);
	e = measure_stale(&look);
	if (!e)
		e = measure_actions(&look, config);
	order_groups(&look);
	settle_group(&out->total);
	for (size_t i = 0; i < out->groups.nr; i++)
		settle_group(&out->groups.at[i]);
	return e;
}
