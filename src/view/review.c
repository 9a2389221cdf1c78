/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/review.h"

#include <limits.h>
#include <string.h>

#include "base/i18n.h"
#include "base/phrase.h"
#include "model/body.h"
#include "model/section.h"
#include "view/context.h"
#include "view/inert.h"
#include "view/locks.h"

/* A group shows no more items, and an item no more lines. */
#define ITEMS_MAX 20
#define PARTS_MAX 12
#define PAST_MAX  5
#define BYTES_MAX ((size_t)60000)
/* Columns of a title, an action or a message; of a name. */
#define TEXT_MAX 160
#define WORD_MAX 100
#define ABBREV   10

struct page {
	struct buf *out;
	struct arena *a; /* of what is put into a message */
	bool whole;
	size_t items; /* of the group so far */
};

static size_t most(const struct page *page, size_t limit)
{
	return page->whole ? SIZE_MAX : limit;
}

static void head(struct page *page, const char *title)
{
	buf_addf(page->out, "\n### %s\n\n", _(title));
	page->items = 0;
}

/* Begins an item; false if the group is full. */
static bool item(struct page *page)
{
	if (page->items++ >= most(page, ITEMS_MAX))
		return false;
	buf_addstr(page->out, "- ");
	return true;
}

/* Of `all` items, how many are behind those that are shown. */
static void put_review_rest(struct page *page, size_t all, size_t shown)
{
	if (all > shown)
		buf_addf(page->out, _("- and %zu more\n"), all - shown);
}

static void end_review_group(struct page *page)
{
	put_review_rest(page, page->items, most(page, ITEMS_MAX));
}

static void put_review_code(struct page *page, const char *s)
{
	inert_code(page->out, s, WORD_MAX);
}

static void put_review_text(struct page *page, const char *s)
{
	inert_text(page->out, s, TEXT_MAX);
}

/* The same texts, for a message. */
static const char *review_code(struct page *page, const char *s)
{
	struct buf b = BUF_INIT;
	const char *text;

	inert_code(&b, s, WORD_MAX);
	text = arena_strndup(page->a, b.p, b.n);
	buf_release(&b);
	return text;
}

static const char *review_inert(struct page *page, const char *s)
{
	struct buf b = BUF_INIT;
	const char *text;

	inert_text(&b, s, TEXT_MAX);
	text = arena_strndup(page->a, b.p, b.n);
	buf_release(&b);
	return text;
}

static void put_review_phrase(struct page *page, const char *phrase)
{
	struct buf text = BUF_INIT;

	phrase_put(&text, phrase);
	put_review_text(page, text.p);
	buf_release(&text);
}

/* --- retros --- */

static void put_review_releases(struct page *page, const struct retro *retro)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < retro->releases.nr && i < 5; i++)
		buf_addf(&names, "%s%s", i ? _(", ") : "",
			 review_code(page, retro->releases.at[i]));
	if (names.n) {
		buf_addstr(page->out, _(", "));
		buf_addf(page->out,
			 retro_covers(retro) ? _("covers %s") : _("in %s"),
			 names.p);
	}
	buf_release(&names);
}

static void put_retro(struct page *page, const char *change,
		      const struct retro *retro)
{
	const char *status = status_name(retro->status);

	buf_addf(page->out, "**%s** ", change);
	put_review_text(page, retro->title);
	if (status)
		buf_addf(page->out, "%s%s", _(", "), _(status));
	put_review_releases(page, retro);
	buf_addstr(page->out, _(": "));
	put_review_code(page, retro->path);
}

/* What an agent drafted waits for a person until it is final. */
static void put_drafter(struct page *page, const struct retro *retro)
{
	if (retro->drafted_with && retro->status <= STATUS_REVIEW)
		buf_addf(page->out,
			 _("  - drafted with %s: somebody should read it "
			   "before it is final\n"),
			 review_inert(page, retro->drafted_with));
}

static void put_added(struct page *page, const struct retro *retro)
{
	size_t pitfalls = retro->body->pitfalls.nr;
	size_t actions = retro->body->actions.nr;

	put_retro(page, _("new"), retro);
	if (pitfalls) {
		buf_addstr(page->out, _(", "));
		buf_addf(page->out, Q_("%zu pitfall", "%zu pitfalls", pitfalls),
			 pitfalls);
	}
	if (actions) {
		buf_addstr(page->out, _(", "));
		buf_addf(page->out, Q_("%zu action", "%zu actions", actions),
			 actions);
	}
	buf_addch(page->out, '\n');
	put_drafter(page, retro);
}

static void put_review_list(struct page *page, struct buf *out,
			    const struct strs *list)
{
	for (size_t i = 0; i < list->nr; i++)
		buf_addf(out, "%s%s", out->n ? _(", ") : "",
			 review_code(page, list->at[i]));
}

static void put_one_alike(struct page *page, const struct similar *one)
{
	struct buf both = BUF_INIT;
	const char *id = review_code(page, one->retro->id);
	const char *title = review_inert(page, one->retro->title);

	put_review_list(page, &both, &one->paths);
	put_review_list(page, &both, &one->words);
	if (both.n)
		buf_addf(page->out, _("  - similar to %s %s (both: %s)\n"), id,
			 title, both.p);
	else
		buf_addf(page->out, _("  - similar to %s %s\n"), id, title);
	buf_release(&both);
}

static void put_alike(struct page *page, const struct review *review,
		      const struct retro *retro)
{
	const struct similars *similars = NULL;

	for (size_t i = 0; i < review->alike.nr; i++)
		if (review->alike.at[i].retro == retro)
			similars = &review->alike.at[i].similars;
	for (size_t i = 0; similars && i < similars->nr; i++)
		put_one_alike(page, &similars->at[i]);
}

static void put_review_value(struct page *page, const char *value)
{
	if (*value)
		put_review_code(page, value);
	else
		buf_addstr(page->out, _("none"));
}

static void put_field_changes(struct page *page,
			      const struct retro_change *change)
{
	size_t limit = most(page, PARTS_MAX);

	for (size_t i = 0; i < change->fields.nr && i < limit; i++) {
		const struct field_change *field = &change->fields.at[i];

		buf_addf(page->out, "  - %s: ", field->key);
		put_review_value(page, field->before);
		buf_addstr(page->out, " → ");
		put_review_value(page, field->after);
		buf_addch(page->out, '\n');
	}
	if (change->fields.nr > limit)
		buf_addf(page->out,
			 Q_("  - and %zu more field\n",
			    "  - and %zu more fields\n",
			    change->fields.nr - limit),
			 change->fields.nr - limit);
}

static void put_sections(struct page *page, const struct retro_change *change)
{
	size_t limit = most(page, PARTS_MAX);

	for (size_t i = 0; i < change->sections.nr && i < limit; i++) {
		const struct section_change *section = &change->sections.at[i];

		buf_addstr(page->out, "  - ");
		if (*section->heading)
			put_review_text(page, section->heading);
		else
			buf_addstr(page->out, _("above the first heading"));
		buf_addf(page->out, ": +%zu −%zu\n", section->added,
			 section->deleted);
	}
	if (change->sections.nr > limit)
		buf_addf(page->out,
			 Q_("  - and %zu more section\n",
			    "  - and %zu more sections\n",
			    change->sections.nr - limit),
			 change->sections.nr - limit);
}

static void put_changed(struct page *page, const struct retro_change *change)
{
	put_retro(page, _("changed"), change->after);
	buf_addch(page->out, '\n');
	put_drafter(page, change->after);
	put_field_changes(page, change);
	put_sections(page, change);
}

static void put_retros(struct page *page, const struct review *review)
{
	if (!review->changes.retros.nr)
		return;
	head(page, N_("Retros"));
	for (size_t i = 0; i < review->changes.retros.nr; i++) {
		const struct retro_change *change =
			&review->changes.retros.at[i];

		if (!item(page))
			continue;
		if (!change->before) {
			put_added(page, change->after);
			put_alike(page, review, change->after);
		} else if (change->after) {
			put_changed(page, change);
		} else {
			put_retro(page, _("removed"), change->before);
			buf_addch(page->out, '\n');
		}
	}
	end_review_group(page);
}

/* --- findings --- */

static void put_review_finding(struct page *page, const struct diag *diag)
{
	buf_addf(page->out, "**%s** ", _(diag_level_name(diag->level)));
	if (diag->pos.line)
		buf_addf(page->out, _("%s line %d"),
			 review_code(page, diag->path), diag->pos.line);
	else
		put_review_code(page, diag->path);
	buf_addstr(page->out, _(": "));
	put_review_phrase(page, diag_said(diag));
	buf_addf(page->out, _(" (%s)"), diag->rule);
	if (diag->hint) {
		buf_addstr(page->out, _("; "));
		put_review_phrase(page, diag_advice(diag));
	}
	buf_addch(page->out, '\n');
}

/* The worst first: what is cut is what matters least. */
static void put_review_findings(struct page *page, const struct review *review)
{
	if (!review->findings.nr)
		return;
	head(page, N_("Problems found by `git retro check`"));
	for (int level = DIAG_ERROR; level > DIAG_OFF; level--)
		for (size_t i = 0; i < review->findings.nr; i++) {
			const struct diag *diag = &review->findings.at[i];

			if ((int)diag->level == level && item(page))
				put_review_finding(page, diag);
		}
	end_review_group(page);
}

/* --- actions --- */

static const char *action_word(const struct action_change *change)
{
	if (!change->after)
		return _("removed");
	if (change->before && change->before->state == change->after->state)
		return _("changed");
	switch (change->after->state) {
	case ACTION_DONE:
		return _("done");
	case ACTION_DECLINED:
		return _("declined");
	case ACTION_OPEN:
		break;
	}
	return change->before ? _("reopened") : _("opened");
}

static void put_review_action(struct page *page, const char *word,
			      const struct listed_action *listed)
{
	const struct action *action = listed->action;
	char hex[OID_HEX + 1];

	buf_addf(page->out, "**%s** ", word);
	put_review_code(page, listed->name);
	buf_addch(page->out, ' ');
	put_review_text(page, action->text);
	if (action->owner)
		buf_addf(page->out, "%s%s", _(", "),
			 review_code(page, arena_printf(page->a, "@%s",
							action->owner)));
	if (listed->state == ACTION_OPEN && action->due != DAY_NONE) {
		buf_addstr(page->out, _(", "));
		buf_addf(page->out, _("due %s"),
			 day_format(page->a, action->due));
	}
	if (listed->closed) {
		buf_addstr(page->out, _(", "));
		buf_addf(page->out, _("by `%.*s`"), ABBREV,
			 oid_hex(hex, &listed->closed->commit));
	}
	if (listed->state == ACTION_DECLINED && action->reason)
		buf_addf(page->out, "%s%s", _(": "),
			 review_inert(page, action->reason));
	buf_addch(page->out, '\n');
}

static void put_actions(struct page *page, const struct review *review)
{
	const struct changes *changes = &review->changes;

	if (!changes->actions.nr && !review->overdue.nr)
		return;
	head(page, N_("Actions"));
	for (size_t i = 0; i < changes->actions.nr; i++)
		if (item(page))
			put_review_action(
				page, action_word(&changes->actions.at[i]),
				changes->actions.at[i].after
					? changes->actions.at[i].after
					: changes->actions.at[i].before);
	for (size_t i = 0; i < review->overdue.nr; i++)
		if (item(page))
			put_review_action(page, _("overdue"),
					  &review->overdue.at[i]);
	end_review_group(page);
}

/* --- the rest --- */

static void put_settings(struct page *page, const struct review *review)
{
	if (!review->settings.nr)
		return;
	head(page, N_("Changed settings (`.retro.yml`)"));
	for (size_t i = 0; i < review->settings.nr; i++) {
		const struct setting_change *change = &review->settings.at[i];

		if (!item(page))
			continue;
		buf_addf(page->out, "%s: ", change->key);
		put_review_value(page, change->before);
		buf_addstr(page->out, " → ");
		put_review_value(page, change->after);
		buf_addch(page->out, '\n');
	}
	end_review_group(page);
}

static void put_review_missing(struct page *page, const struct review *review)
{
	if (!review->owed.nr)
		return;
	head(page, N_("Releases without a retro"));
	for (size_t i = 0; i < review->owed.nr; i++) {
		if (!item(page))
			continue;
		put_review_code(page, review->owed.at[i].tag.name);
		buf_addch(page->out, '\n');
	}
	end_review_group(page);
}

static void put_carried(struct page *page, const struct review *review)
{
	const struct audit *carried = &review->carried;
	char hex[OID_HEX + 1];

	if (!carried->findings.nr)
		return;
	head(page, N_("Known problems on release branches"));
	for (size_t i = 0; i < carried->findings.nr; i++) {
		const struct audit_finding *finding = &carried->findings.at[i];

		if (!item(page))
			continue;
		/* TRANSLATORS: a branch, the id of a retro, its pitfall. */
		buf_addf(page->out,
			 finding->cell->state == TRACE_EXPOSED
				 ? _("%s still has the problem of %s: %s")
				 : _("%s lacks the fix of %s: %s"),
			 review_code(page, finding->line->name),
			 review_code(page, finding->name),
			 review_inert(page, finding->pitfall));
		if (finding->pick)
			buf_addf(page->out, _("; fixed by `%.*s`"), ABBREV,
				 oid_hex(hex, finding->pick));
		buf_addch(page->out, '\n');
	}
	end_review_group(page);
}

static void put_lost_guards(struct page *page, const struct review *review)
{
	if (!review->guards.nr)
		return;
	head(page, N_("Guards removed by this branch"));
	for (size_t i = 0; i < review->guards.nr; i++) {
		const struct lost_guard *guard = &review->guards.at[i];

		if (!item(page))
			continue;
		if (guard->to)
			buf_addf(page->out,
				 _("%s is now %s, and guards %s: %s\n"),
				 review_code(page, guard->path),
				 review_code(page, guard->to),
				 review_code(page, guard->name),
				 review_inert(page, guard->pitfall));
		else
			buf_addf(page->out,
				 _("%s is deleted, and guards %s: %s\n"),
				 review_code(page, guard->path),
				 review_code(page, guard->name),
				 review_inert(page, guard->pitfall));
	}
	end_review_group(page);
}

static void put_kickoff(struct page *page, const struct review *review)
{
	if (!review->kickoff.nr)
		return;
	head(page, N_("Work has begun, but this is not agreed yet"));
	for (size_t i = 0; i < review->kickoff.nr; i++)
		if (item(page))
			put_review_action(page, _("open"),
					  &review->kickoff.at[i]);
	end_review_group(page);
}

static void put_review_locks(struct page *page, const struct review *review)
{
	if (!review->locks.nr)
		return;
	head(page, N_("Dependencies"));
	for (size_t i = 0; i < review->locks.nr; i++) {
		const struct lock_change *lock = &review->locks.at[i];
		struct strs items = { 0 };

		if (!item(page))
			continue;
		put_review_code(page, lock->path);
		lock_items_spoken(&items, page->a, lock,
				  most(page, LOCK_ITEMS));
		for (size_t j = 0; j < items.nr; j++) {
			buf_addstr(page->out, j ? _(", ") : _(": "));
			put_review_text(page, items.at[j]);
		}
		buf_addch(page->out, '\n');
	}
	end_review_group(page);
}

/* The strongest first; each takes a few lines, and the weak ones one. */
static void put_past(struct page *page, const struct review *review)
{
	size_t limit = most(page, PAST_MAX), strong = 0;
	struct findings shown = review->past;
	struct arena arena = ARENA_INIT;

	if (!shown.nr)
		return;
	while (strong < shown.nr && !shown.at[strong].weak)
		strong++;
	shown.nr = strong > limit ? limit : strong;
	head(page, N_("Earlier retros about the changed code"));
	context_markdown(page->out, &arena, &shown);
	put_review_rest(page, strong, shown.nr);
	context_weak_markdown(page->out, &arena, &review->past);
	arena_release(&arena);
}

/* At the end of a line. */
static void cut_review_line(struct buf *out, size_t from)
{
	size_t n = from + BYTES_MAX;

	if (out->n <= n)
		return;
	while (n > from && out->p[n - 1] != '\n')
		n--;
	buf_truncate(out, n);
	buf_addstr(out, _("\nShortened; `git retro review` shows the rest.\n"));
}

void review_markdown(struct buf *out, const struct review *review, bool whole)
{
	struct arena arena = ARENA_INIT;
	struct page page = { .out = out, .a = &arena, .whole = whole };
	size_t from = out->n;

	if (review_is_empty(review))
		return;
	if (!whole)
		buf_addstr(out, REVIEW_MARK "\n");
	buf_addf(out, "## %s\n", _("Retros of this branch"));
	put_past(&page, review);
	put_lost_guards(&page, review);
	put_retros(&page, review);
	put_review_findings(&page, review);
	put_actions(&page, review);
	put_carried(&page, review);
	put_kickoff(&page, review);
	put_review_locks(&page, review);
	put_settings(&page, review);
	put_review_missing(&page, review);
	arena_release(&arena);
	if (!whole)
		cut_review_line(out, from);
}
