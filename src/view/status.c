/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/status.h"

#include <string.h>

#include "base/text.h"
#include "view/columns.h"

/* A group shows no more items: the rest is counted. */
#define ITEMS_MAX 10
#define INDENT    "  "

/* One group while it is written. */
struct group {
	struct arena a;
	struct buf *out;
	const struct style *style;
	struct rows rows;
	size_t total;
};

static const struct group no_group = { .a = ARENA_INIT };

/* "n thing" or "n things" */
static void add_status_count(struct buf *out, size_t n, const char *thing)
{
	buf_addf(out, "%zu %s%s", n, thing, n == 1 ? "" : "s");
}

/* Room for one more row; NULL if the group is full. Its first cell is the
 * name that one types next. */
static struct row *add_status_row(struct group *group, const char *name)
{
	struct row row = { .role = { STYLE_ID } };

	if (group->total++ >= ITEMS_MAX)
		return NULL;
	row.text[0] = arena_printf(&group->a, INDENT "%s",
				   text_cleaned(&group->a, name));
	vec_push(&group->a, &group->rows, row);
	return &group->rows.at[group->rows.nr - 1];
}

static void put_dim(struct buf *out, const struct style *style,
		    const char *text)
{
	style_put(out, style, STYLE_DIM, text);
	buf_addch(out, '\n');
}

/* `more` says where the rest is told. */
static void put_group(struct group *group, const char *title, const char *hint,
		      const char *more)
{
	struct buf *out = group->out;
	size_t left = group->total - group->rows.nr;

	if (out->n)
		buf_addch(out, '\n');
	style_put(out, group->style, STYLE_STRONG, title);
	buf_addch(out, '\n');
	put_dim(out, group->style, hint);
	columns_put(out, group->style, &group->rows, 4);
	if (left)
		put_dim(out, group->style,
			arena_printf(&group->a, INDENT "and %zu more: %s", left,
				     more));
	arena_release(&group->a);
}

static void put_status_missing(struct buf *out, const struct style *style,
			       const struct status_report *status)
{
	struct group group = no_group;

	group.out = out;
	group.style = style;
	for (size_t i = 0; i < status->owed.nr; i++) {
		const struct owed *owed = &status->owed.at[i];
		struct row *row = add_status_row(&group, owed->tag);

		if (!row)
			continue;
		row->text[1] = arena_printf(&group.a,
					    owed->lightweight ? "committed %s"
							      : "tagged %s",
					    day_format(&group.a, owed->day));
		row->text[2] = arena_printf(
			&group.a, owed->overdue ? "overdue since %s" : "due %s",
			day_format(&group.a, owed->due));
		row->role[2] = owed->overdue ? STYLE_ERROR : STYLE_WARNING;
	}
	put_group(
		&group, "Releases without a retro",
		"  (use \"git retro new --release <tag>\" to draft one, or\n"
		"  \"git retro skip <tag> --reason <text>\" if it needs none)",
		"releases.since in .retro.yml leaves old ones out");
}

static void put_late(struct buf *out, const struct style *style,
		     const struct status_report *status)
{
	struct group group = no_group;

	group.out = out;
	group.style = style;
	for (size_t i = 0; i < status->late.nr; i++) {
		const struct late *late = &status->late.at[i];
		struct row *row = add_status_row(&group, late->retro->id);

		if (!row)
			continue;
		row->text[1] = status_name(late->retro->status);
		row->text[2] =
			arena_printf(&group.a, "due %s, %d day%s late",
				     day_format(&group.a, late->due),
				     late->days, late->days == 1 ? "" : "s");
		row->role[2] = STYLE_ERROR;
	}
	put_group(&group, "Drafts past due",
		  "  (use \"git retro edit <retro>\" to finish one)",
		  "git retro list --status draft --status review");
}

static void put_overdue(struct buf *out, const struct style *style,
			const struct status_report *status)
{
	struct group group = no_group;

	group.out = out;
	group.style = style;
	for (size_t i = 0; i < status->overdue.nr; i++) {
		const struct listed_action *listed = &status->overdue.at[i];
		struct row *row = add_status_row(&group, listed->name);

		if (!row)
			continue;
		row->text[1] =
			arena_printf(&group.a, "due %s",
				     day_format(&group.a, listed->action->due));
		row->role[1] = STYLE_ERROR;
		if (listed->action->owner)
			row->text[2] = arena_printf(
				&group.a, "@%s",
				text_cleaned(&group.a, listed->action->owner));
		row->text[3] = text_cleaned(&group.a, listed->action->text);
	}
	put_group(&group, "Actions overdue",
		  "  (use \"git retro actions done <action>\" once it is done)",
		  "git retro actions --overdue");
}

static void put_status_kickoff(struct buf *out, const struct style *style,
			       const struct status_report *status)
{
	struct group group = no_group;

	group.out = out;
	group.style = style;
	for (size_t i = 0; i < status->kickoff.nr; i++) {
		const struct listed_action *listed = &status->kickoff.at[i];
		struct row *row = add_status_row(&group, listed->name);

		if (!row)
			continue;
		if (listed->action->owner)
			row->text[1] = arena_printf(
				&group.a, "@%s",
				text_cleaned(&group.a, listed->action->owner));
		row->text[2] = text_cleaned(&group.a, listed->action->text);
	}
	put_group(&group, "Work has begun, but this is not agreed yet",
		  "  (use \"git retro actions done <action>\" once it is)",
		  "git retro actions --open");
}

static void put_dead(struct buf *out, const struct style *style,
		     const struct status_report *status)
{
	struct group group = no_group;

	group.out = out;
	group.style = style;
	for (size_t i = 0; i < status->dead.nr; i++) {
		const struct broken_link *dead = &status->dead.at[i];
		struct row *row = add_status_row(&group, dead->retro->id);

		if (row)
			row->text[1] = text_cleaned(&group.a, dead->commit);
	}
	put_group(&group, "Commits that are gone or were rewritten",
		  "  (use \"git retro relink\" to find what took their place)",
		  "git retro relink --dry-run");
}

static void put_suggestions(struct buf *out, const struct style *style,
			    const struct status_report *status)
{
	struct group group = no_group;

	group.out = out;
	group.style = style;
	for (size_t i = 0; i < status->suggestions.nr; i++) {
		const struct suggestion *suggestion =
			&status->suggestions.at[i];
		struct row *row = add_status_row(&group, suggestion->retro->id);
		char hex[OID_HEX + 1];

		if (!row)
			continue;
		oid_hex(hex, &suggestion->commit);
		row->text[1] = arena_printf(&group.a, "--%s %.10s",
					    suggestion->role, hex);
		row->text[2] = suggest_text(&group.a, suggestion);
		row->text[3] =
			text_cleaned(&group.a, suggestion->described.subject);
	}
	put_group(&group, "Commits that may belong to a retro",
		  "  (use \"git retro link <retro> <tie>\" for those that do)",
		  "git retro link --suggest <retro>");
}

bool status_hook_runs(const struct status_hook *hook)
{
	return !strcmp(hook->state, "installed") ||
	       !strcmp(hook->state, "chained");
}

/* One line for all that are not as they should be. */
static void put_hooks(struct buf *out, const struct style *style,
		      const struct status_hooks *hooks)
{
	struct buf names = BUF_INIT;
	bool outside = false;

	for (size_t i = 0; i < hooks->nr; i++) {
		const struct status_hook *hook = &hooks->at[i];

		if (status_hook_runs(hook))
			continue;
		outside |= !strcmp(hook->state, "outside");
		buf_addf(&names, "%s%s", names.n ? ", " : "", hook->hook);
		if (!strcmp(hook->state, "stale"))
			buf_addstr(&names, " (of another version)");
	}
	if (names.n) {
		if (out->n)
			buf_addch(out, '\n');
		style_put(out, style, STYLE_WARNING, "Hooks not in place");
		buf_addf(out, ": %s\n", names.p);
		put_dim(out, style,
			outside ? "  (\"git retro doctor\" says what stands in "
				  "the way)"
				: "  (use \"git retro hooks install\")");
	}
	buf_release(&names);
}

/* What is no fault, and yet worth a line. */
static void put_rest(struct buf *out, const struct style *style,
		     const struct status_report *status)
{
	struct buf line = BUF_INIT;

	if (status_is_good(status))
		buf_addstr(&line, status->no_release
					  ? "no tag is a release yet, nothing "
					    "overdue"
					  : "nothing owed, nothing overdue");
	if (status->open) {
		buf_addstr(&line, line.n ? "; " : "");
		add_status_count(&line, status->open, "action");
		buf_addstr(&line, " open");
	}
	if (status->notes) {
		buf_addstr(&line, line.n ? "; " : "");
		add_status_count(&line, status->notes, "note");
		buf_addstr(&line, status->notes == 1 ? " waits for a draft"
						     : " wait for a draft");
	}
	if (out->n && line.n)
		buf_addch(out, '\n');
	if (line.n)
		buf_addf(out, "%s\n", line.p);
	if (status->links_unknown)
		put_dim(out, style,
			"some commits that retros name cannot be looked up: "
			"history is cut off here");
	buf_release(&line);
}

/* What is below is not all, or not right, until these are mended. */
static void put_problems(struct buf *out, const struct style *style,
			 const struct status_report *status)
{
	struct group group = no_group;

	group.out = out;
	group.style = style;
	for (size_t i = 0; i < status->problems.nr; i++)
		add_status_row(&group, status->problems.at[i]);
	put_group(&group, "Settings that keep this from being known",
		  "  (fix them first: what follows may be wrong)",
		  "git retro check");
}

void status_text(struct buf *out, const struct style *style,
		 const struct status_report *status,
		 const struct status_hooks *hooks)
{
	if (status->problems.nr)
		put_problems(out, style, status);
	if (status->owed.nr)
		put_status_missing(out, style, status);
	if (status->late.nr)
		put_late(out, style, status);
	if (status->overdue.nr)
		put_overdue(out, style, status);
	if (status->kickoff.nr)
		put_status_kickoff(out, style, status);
	if (status->dead.nr)
		put_dead(out, style, status);
	if (status->suggestions.nr)
		put_suggestions(out, style, status);
	put_rest(out, style, status);
	put_hooks(out, style, hooks);
}
