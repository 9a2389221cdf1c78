/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/hints.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "front/marks.h"
#include "front/paths.h"
#include "front/shown.h"
#include "git/rev.h"
#include "model/body.h"
#include "report/hunks.h"

/* Hints that are looked after at a time. */
#define SETTLE_MAX 20

/* --- what became of them --- */

struct sought {
	uint64_t mark;
	bool found;
};

static void look_at_mark(void *data, const struct change_mark *mark)
{
	struct sought *sought = data;

	sought->found |= mark_hash(mark) == sought->mark;
}

static void look_at_words(void *data, const struct change_mark *mark)
{
	struct sought *sought = data;
	const char *at = mark->text, *word;
	size_t n = mark->n, len;

	while ((word = mark_word(&len, &at, &n)))
		sought->found |= mark_word_hash(word, len) == sought->mark;
}

/* Whether what HEAD has more than the commit `head` has the mark. */
static struct err *is_hint_in_history(bool *out, struct arena *a,
				      struct repo *repo, const char *head,
				      uint64_t mark)
{
	struct sought sought = { .mark = mark };
	struct patches patches = { 0 };
	struct range range;
	struct oid from;
	struct err *e = rev_commit(&from, repo, head);

	if (!e)
		e = rev_head(&range.to, repo);
	if (e)
		return e;
	range.from = &from;
	if (oid_equal(&from, &range.to))
		return err_new(ERR_NOT_FOUND, _("there are no commits since"));
	e = hunks_load(&patches, a, repo, &range, 1, NULL);
	for (size_t i = 0; !e && i < patches.nr; i++) {
		marks_read(patches.at[i].text, false, look_at_mark, &sought);
		marks_read(patches.at[i].text, true, look_at_words, &sought);
	}
	*out = sought.found;
	return e;
}

static bool same_hint(const struct shown_event *one,
		      const struct shown_event *two)
{
	return one->day == two->day && one->person == two->person &&
	       one->key == two->key && one->mark == two->mark;
}

static bool is_settled(const struct shown_event *events, size_t nr,
		       const struct shown_event *told)
{
	for (size_t i = 0; i < nr; i++)
		if ((events[i].what == SHOWN_KEPT ||
		     events[i].what == SHOWN_CHANGED) &&
		    same_hint(&events[i], told))
			return true;
	return false;
}

void hints_settle(struct arena *a, struct repo *repo)
{
	const char *common = repo_common_dir(repo);
	struct shown *shown = shown_load(common, NULL);
	const struct shown_event *events;
	size_t nr = 0, looked = 0;

	if (!shown)
		return;
	events = shown_events(&nr, shown);
	for (size_t i = 0; i < nr && looked < SETTLE_MAX; i++) {
		struct shown_event event = events[i];
		struct err *e;
		bool found = false;

		if (event.what != SHOWN_TOLD || !event.mark ||
		    event.day >= shown_today(shown) ||
		    is_settled(events, nr, &event))
			continue;
		looked++;
		e = is_hint_in_history(&found, a, repo, event.head, event.mark);
		if (!e) {
			event.what = found ? SHOWN_KEPT : SHOWN_CHANGED;
			shown_add(common, &event, 1);
		}
		err_pass(e);
	}
	shown_free(shown);
}

static bool is_last_word(const struct shown_event *events, size_t nr, size_t at)
{
	for (size_t i = at + 1; i < nr; i++)
		if (events[i].what == SHOWN_MUTED &&
		    events[i].person == events[at].person &&
		    events[i].key == events[at].key)
			return false;
	return true;
}

void hints_count(struct hint_counts *out, struct repo *repo)
{
	struct shown *shown = shown_load(repo_common_dir(repo), NULL);
	const struct shown_event *events;
	size_t nr = 0;

	*out = (struct hint_counts){ 0 };
	if (!shown)
		return;
	events = shown_events(&nr, shown);
	for (size_t i = 0; i < nr; i++) {
		out->told += events[i].what == SHOWN_TOLD;
		out->kept += events[i].what == SHOWN_KEPT;
		out->changed += events[i].what == SHOWN_CHANGED;
		out->muted += events[i].what == SHOWN_MUTED &&
			      events[i].day > shown_today(shown) &&
			      is_last_word(events, nr, i);
	}
	shown_free(shown);
}

/* --- muting --- */

struct err *hints_name(const char **out, struct corpus *corpus,
		       const char *name)
{
	const char *id, *number;
	struct retro *retro;
	struct err *e;

	problem_split(&id, &number, corpus->arena, name);
	e = corpus_find(&retro, corpus, id);
	if (e)
		return e;
	if (number && !body_pitfall(retro->body, number))
		return err_new(ERR_NOT_FOUND, _("'%s' has no pitfall %s"),
			       retro->id, number);
	*out = number ? arena_printf(corpus->arena, "%s#%s", retro->id, number)
		      : retro->id;
	return NULL;
}

/* As git finds the author's mail, without its guess from the host. */
static const char *author_mail(const struct config *config)
{
	const char *mail = getenv("GIT_AUTHOR_EMAIL");

	if (!mail || !*mail)
		mail = config_get(config, "author.email");
	if (!mail || !*mail)
		mail = config_get(config, "user.email");
	if (!mail || !*mail)
		mail = getenv("EMAIL");
	return mail ? mail : "";
}

struct err *hints_mute(int *until, struct repo *repo,
		       const struct config *config, const char *name, int days)
{
	const char *common = repo_common_dir(repo);
	struct shown *shown = shown_load(common, author_mail(config));
	struct shown_event event = { .what = SHOWN_MUTED };
	bool good;

	if (!shown)
		return err_new(ERR_FAILED, _("out of memory"));
	event.day = *until = shown_day_after(shown, days);
	event.person = shown_person(shown);
	event.key = paths_key(name);
	good = shown_add(common, &event, 1);
	shown_free(shown);
	return good ? NULL
		    : err_new(ERR_FAILED, _("cannot write '%s/retro/shown'"),
			      common);
}

bool hints_is_muted(struct repo *repo, const struct config *config,
		    const char *name)
{
	struct shown *shown =
		shown_load(repo_common_dir(repo), author_mail(config));
	const struct shown_event *events = NULL;
	uint64_t key = paths_key(name);
	bool muted = false;
	size_t nr = 0;

	if (shown)
		events = shown_events(&nr, shown);
	for (size_t i = 0; i < nr; i++)
		if (events[i].what == SHOWN_MUTED && events[i].key == key &&
		    events[i].person == shown_person(shown))
			muted = events[i].day > shown_today(shown);
	shown_free(shown);
	return muted;
}
