/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/status.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/phrase.h"
#include "corpus/notes.h"
#include "git/ref.h"
#include "git/rev.h"
#include "git/tree.h"
#include "lineage/release.h"
#include "lineage/relink.h"
#include "report/cover.h"
#include "report/kickoff.h"
#include "report/setup.h"

struct look {
	struct status_report *out;
	struct corpus *corpus;
	struct moment now;
	int32_t today;
	struct releases
		releases; /* by name, once find_owed_releases() is done */
};

/* A tag's time has no zone of its own worth showing: ours. */
static int32_t day_here(const struct look *look, int64_t seconds)
{
	return day_of((struct moment){ seconds, look->now.zone });
}

static int by_release_name(const void *a, const void *b)
{
	const struct release *one = a, *two = b;

	return strcmp(one->tag.name, two->tag.name);
}

static struct err *find_owed_releases(struct look *look)
{
	struct corpus *corpus = look->corpus;
	struct releases *all = &look->releases, owed = { 0 };
	struct err *e =
		release_list(all, corpus->arena, corpus->repo, corpus->policy);

	if (!e)
		e = cover_owed(&owed, corpus->arena, corpus->repo,
			       corpus->policy, all, corpus);
	for (size_t i = 0; !e && i < owed.nr; i++) {
		struct owed one = { .tag = owed.at[i].tag.name };

		one.day = day_here(look, owed.at[i].time);
		one.lightweight = !ref_tag_has_time(&owed.at[i].tag);
		one.due = day_add_working(one.day, corpus->policy->due);
		one.overdue = look->today > one.due;
		vec_push(corpus->arena, &look->out->owed, one);
	}
	look->out->no_release = !all->nr;
	if (!e && all->nr)
		qsort(all->at, all->nr, sizeof(*all->at), by_release_name);
	return e;
}

/* When a tag was made: DAY_NONE if there is none. */
static int32_t tag_day(const struct look *look, const char *name)
{
	const struct release key = { .tag.name = name }, *release = NULL;
	const struct releases *all = &look->releases;
	struct ref tag;
	struct err *e;
	int32_t day = DAY_NONE;

	if (all->nr)
		release = bsearch(&key, all->at, all->nr, sizeof(key),
				  by_release_name);
	if (release)
		return day_here(look, release->time);
	if (release_is(look->corpus->policy, name))
		return DAY_NONE;
	e = ref_tag(&tag, look->corpus->arena, look->corpus->repo, name);
	if (!e)
		day = day_here(look, ref_tag_time(look->corpus->repo, &tag));
	err_pass(e);
	return day;
}

static int32_t later_day(int32_t one, int32_t other)
{
	return one > other ? one : other;
}

/* The day from which a retro's time runs, DAY_NONE if nobody knows: when its
 * release was tagged, but not before it was opened. A lightweight tag bears
 * only its commit's day, and one can look back on an old release. */
static int32_t start_of(const struct look *look, const struct retro *retro)
{
	int32_t start = DAY_NONE;

	for (size_t i = 0; i < retro->releases.nr; i++) {
		int32_t day = tag_day(look, retro->releases.at[i]);

		if (day != DAY_NONE && (start == DAY_NONE || day < start))
			start = day;
	}
	start = later_day(start, retro->date);
	return later_day(start, retro_drafted(retro));
}

static void find_late(const struct look *look)
{
	const struct retros *retros = &look->corpus->retros;
	int due = look->corpus->policy->due;

	for (size_t i = 0; i < retros->nr; i++) {
		struct late late = { .retro = retros->at[i] };
		int32_t start = late.retro->date;

		if (late.retro->status != STATUS_DRAFT &&
		    late.retro->status != STATUS_REVIEW)
			continue;
		/* A young one is not late, whenever its release was tagged. */
		if (start == DAY_NONE ||
		    look->today > day_add_working(start, due))
			start = start_of(look, late.retro);
		if (start == DAY_NONE)
			continue;
		late.due = day_add_working(start, due);
		late.days = look->today - late.due;
		if (late.days > 0)
			vec_push(look->corpus->arena, &look->out->late, late);
	}
}

static struct err *find_actions(const struct look *look)
{
	struct listed_actions open = { 0 };
	struct err *e = actions_open(&open, look->corpus);

	look->out->open = open.nr;
	for (size_t i = 0; i < open.nr; i++)
		if (open.at[i].overdue)
			vec_push(look->corpus->arena, &look->out->overdue,
				 open.at[i]);
	return e;
}

struct dead_links VEC_OF(struct broken_link);

static void add_retro_links(struct dead_links *out, struct strs *ids,
			    struct arena *a, const struct retro *retro)
{
	size_t from = ids->nr;

	links_append(ids, a, &retro->commits);
	for (size_t i = from; i < ids->nr; i++)
		vec_push(a, out, (struct broken_link){ retro, ids->at[i] });
}

/* One question for the commits of all. */
static struct err *find_broken_links(const struct look *look)
{
	const struct corpus *corpus = look->corpus;
	struct dead_links links = { 0 };
	struct strs ids = { 0 };
	struct err *e;
	int *known;

	for (size_t i = 0; i < corpus->retros.nr; i++)
		add_retro_links(&links, &ids, corpus->arena,
				corpus->retros.at[i]);
	if (!ids.nr)
		return NULL;
	known = arena_alloc(corpus->arena, ids.nr * sizeof(*known));
	e = relink_look_hard(known, corpus->arena, corpus->repo, &ids, NULL);
	for (size_t i = 0; !e && i < ids.nr; i++) {
		look->out->links_unknown |= known[i] < 0;
		if (!known[i])
			vec_push(corpus->arena, &look->out->dead, links.at[i]);
	}
	return e;
}

/* Commits of the branch one stands on that seem to belong to a retro. */
static struct err *find_suggestions(const struct look *look)
{
	struct corpus *corpus = look->corpus;
	struct oids tips = { 0 };
	struct err *e = rev_add_head(&tips, corpus->arena, corpus->repo);

	if (e || !tips.nr)
		return e;
	return suggest_load(&look->out->suggestions, corpus, &corpus->retros,
			    &tips);
}

/* A problem that leaves the settings unknown or wrong, each a line. */
static struct err *find_settings_problems(const struct look *look,
					  const struct diags *settings)
{
	struct corpus *corpus = look->corpus;
	struct diags diags = { .arena = corpus->arena };
	struct err *e = setup_check(&diags, corpus->arena, corpus->repo,
				    corpus->policy, false);

	for (size_t i = 0; i < settings->nr + diags.nr; i++) {
		const struct diag *diag = i < settings->nr
						  ? &settings->at[i]
						  : &diags.at[i - settings->nr];
		const char *line = diag->pos.line
					   ? arena_printf(corpus->arena, ":%d",
							  diag->pos.line)
					   : "";

		if (diag->level == DIAG_ERROR)
			vec_push(corpus->arena, &look->out->problems,
				 arena_printf(corpus->arena, "%s%s: %s",
					      diag->path, line,
					      phrase_text(corpus->arena,
							  diag_said(diag))));
	}
	return e;
}

static bool is_owed(const struct look *look, const char *tag)
{
	for (size_t i = 0; i < look->out->owed.nr; i++)
		if (!strcmp(look->out->owed.at[i].tag, tag))
			return true;
	return false;
}

/* A release without a retro has not gathered its notes yet: theirs wait, too.
 * No chain of these is longer than so many. */
enum { OWED_MAX = 100 };

static struct err *find_notes(struct look *look)
{
	struct corpus *corpus = look->corpus;
	struct release release;
	struct release_order *order;
	struct notes notes = { 0 };
	bool found = false;
	struct oid head;
	struct err *e = notes_waiting(&notes, corpus->arena, corpus->repo,
				      corpus->policy, NULL);

	if (e || !notes.nr)
		return e;
	notes.nr = 0;
	e = rev_head(&head, corpus->repo);
	if (!e)
		e = release_latest(&release, &found, corpus->arena,
				   corpus->repo, corpus->policy, &head);
	if (!e && found)
		e = release_order_load(&order, corpus->arena, corpus->repo,
				       corpus->policy, false);
	for (int i = 0;
	     !e && found && i < OWED_MAX && is_owed(look, release.tag.name);
	     i++) {
		struct ref tag = release.tag;

		e = release_before(&release, &found, corpus->arena, order, &tag,
				   release.time);
	}
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e); /* no commit yet */
		e = NULL;
	}
	if (!e)
		e = notes_waiting(&notes, corpus->arena, corpus->repo,
				  corpus->policy,
				  found ? &release.tag.commit : NULL);
	look->out->notes = notes.nr;
	return e;
}

/* Only where a project asks is the tree looked through. */
static struct err *find_kickoffs(struct look *look)
{
	struct corpus *corpus = look->corpus;
	struct strs names = { 0 };
	bool any = false;
	struct oid head;
	struct err *e;

	for (size_t i = 0; i < corpus->retros.nr; i++)
		any |= kickoff_waits(corpus->retros.at[i]);
	if (!any)
		return NULL;
	e = rev_head(&head, corpus->repo);
	if (!e)
		e = tree_names(&names, corpus->arena, corpus->repo, &head);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e); /* no commit yet */
		return NULL;
	}
	return e ? e : kickoff_open(&look->out->kickoff, corpus, &names);
}

/* What the oldest retros linked: what nobody retires is asked for again, so
 * looking at more would not be told sooner. */
enum { FRESH_MAX = 200, FRESH_READ = 64 };

static struct err *find_stale_pitfalls(struct look *look)
{
	const struct retros *all = &look->corpus->retros;
	struct freshness_list list = { 0 };
	struct retros retros = { 0 };
	size_t problems = 0;
	struct err *e;

	for (size_t i = all->nr; i-- && problems < FRESH_MAX;) {
		struct retro *retro = all->at[i];

		if (!retro->problems.nr || retro->status == STATUS_WAIVED ||
		    retro->status == STATUS_SUPERSEDED)
			continue;
		problems += retro->problems.nr;
		vec_push(look->corpus->arena, &retros, retro);
	}
	e = freshness_load(&list, look->corpus, &retros, FRESH_READ);
	for (size_t i = 0; !e && i < list.nr; i++)
		if (freshness_is_gone(&list.at[i]) &&
		    !retro_is_retired(list.at[i].retro,
				      list.at[i].problem->pitfall))
			vec_push(look->corpus->arena, &look->out->gone,
				 list.at[i]);
	return e;
}

struct err *status_load(struct status_report *out, struct corpus *corpus,
			const struct diags *settings)
{
	struct look look = { .out = out,
			     .corpus = corpus,
			     .now = moment_now() };
	struct err *e;

	*out = (struct status_report){ 0 };
	look.today = day_of(look.now);
	e = find_settings_problems(&look, settings);
	if (!e)
		e = find_owed_releases(&look);
	if (!e)
		e = find_actions(&look);
	if (!e)
		e = find_broken_links(&look);
	if (!e)
		e = find_suggestions(&look);
	if (!e)
		e = find_notes(&look);
	if (!e)
		e = find_kickoffs(&look);
	if (!e)
		e = find_stale_pitfalls(&look);
	if (!e)
		find_late(&look);
	return e;
}

bool status_is_good(const struct status_report *status)
{
	return !status->problems.nr && !status->owed.nr && !status->late.nr &&
	       !status->overdue.nr && !status->dead.nr;
}
