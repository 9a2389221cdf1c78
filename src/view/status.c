/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/status.h"

#include <string.h>

#include "base/i18n.h"
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

static struct group begin_group(struct buf *out, const struct style *style)
{
	return (struct group){ .a = ARENA_INIT, .out = out, .style = style };
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
static void put_status_group(struct group *group, const char *title,
			     const char *hint, const char *more)
{
	struct buf *out = group->out;
	size_t left = group->total - group->rows.nr;

	if (out->n)
		buf_addch(out, '\n');
	style_put(out, group->style, STYLE_STRONG, _(title));
	buf_addch(out, '\n');
	put_dim(out, group->style, _(hint));
	columns_put(out, group->style, &group->rows, 4);
	if (left)
		put_dim(out, group->style,
			arena_printf(&group->a, _("  and %zu more: %s"), left,
				     _(more)));
	arena_release(&group->a);
}

static void put_status_missing(struct buf *out, const struct style *style,
			       const struct status_report *status)
{
	struct group group = begin_group(out, style);

	for (size_t i = 0; i < status->owed.nr; i++) {
		const struct owed *owed = &status->owed.at[i];
		struct row *row = add_status_row(&group, owed->tag);

		if (!row)
			continue;
		row->text[1] = arena_printf(
			&group.a,
			owed->lightweight ? _("committed %s") : _("tagged %s"),
			day_format(&group.a, owed->day));
		row->text[2] = arena_printf(
			&group.a,
			owed->overdue ? _("overdue since %s") : _("due %s"),
			day_format(&group.a, owed->due));
		row->role[2] = owed->overdue ? STYLE_ERROR : STYLE_WARNING;
	}
	put_status_group(
		&group, N_("Releases without a retro"),
		N_("  (use \"git retro new --release <tag>\" to draft one, or\n"
		   "  \"git retro skip <tag> --reason <text>\" if it needs "
		   "none)"),
		N_("set releases.since in .retro.yml to ignore old ones"));
}

static void put_late(struct buf *out, const struct style *style,
		     const struct status_report *status)
{
	struct group group = begin_group(out, style);

	for (size_t i = 0; i < status->late.nr; i++) {
		const struct late *late = &status->late.at[i];
		struct row *row = add_status_row(&group, late->retro->id);

		if (!row)
			continue;
		row->text[1] = _(status_name(late->retro->status));
		row->text[2] = arena_printf(
			&group.a,
			Q_("due %s, %d day late", "due %s, %d days late",
			   (size_t)late->days),
			day_format(&group.a, late->due), late->days);
		row->role[2] = STYLE_ERROR;
	}
	put_status_group(&group, N_("Overdue drafts"),
			 N_("  (use \"git retro edit <retro>\" to finish one)"),
			 "git retro list --status draft --status review");
}

static void put_overdue(struct buf *out, const struct style *style,
			const struct status_report *status)
{
	struct group group = begin_group(out, style);

	for (size_t i = 0; i < status->overdue.nr; i++) {
		const struct listed_action *listed = &status->overdue.at[i];
		struct row *row = add_status_row(&group, listed->name);

		if (!row)
			continue;
		row->text[1] =
			arena_printf(&group.a, _("due %s"),
				     day_format(&group.a, listed->action->due));
		row->role[1] = STYLE_ERROR;
		if (listed->action->owner)
			row->text[2] = arena_printf(
				&group.a, "@%s",
				text_cleaned(&group.a, listed->action->owner));
		row->text[3] = text_cleaned(&group.a, listed->action->text);
	}
	put_status_group(
		&group, N_("Overdue actions"),
		N_("  (use \"git retro actions done <action>\" to close one)"),
		"git retro actions --overdue");
}

static void put_status_kickoff(struct buf *out, const struct style *style,
			       const struct status_report *status)
{
	struct group group = begin_group(out, style);

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
	put_status_group(
		&group, N_("Work has begun, but this is not agreed yet"),
		N_("  (use \"git retro actions done <action>\" once it is)"),
		"git retro actions --open");
}

static void put_dead(struct buf *out, const struct style *style,
		     const struct status_report *status)
{
	struct group group = begin_group(out, style);

	for (size_t i = 0; i < status->dead.nr; i++) {
		const struct broken_link *dead = &status->dead.at[i];
		struct row *row = add_status_row(&group, dead->retro->id);

		if (row)
			row->text[1] = text_cleaned(&group.a, dead->commit);
	}
	put_status_group(
		&group, N_("Links to missing or rewritten commits"),
		N_("  (use \"git retro relink\" to find the new commits)"),
		"git retro relink --dry-run");
}

static void put_suggestions(struct buf *out, const struct style *style,
			    const struct status_report *status)
{
	struct group group = begin_group(out, style);

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
	put_status_group(
		&group, N_("Commits that may be related to a retro"),
		N_("  (use \"git retro link <retro> <link>\" for those that "
		   "are)"),
		"git retro link --suggest <retro>");
}

static void put_gone(struct buf *out, const struct style *style,
		     const struct status_report *status)
{
	struct group group = begin_group(out, style);

	for (size_t i = 0; i < status->gone.nr; i++) {
		const struct freshness *gone = &status->gone.at[i];
		const char *name = retro_problem_name(&group.a, gone->retro,
						      gone->problem);
		struct row *row = add_status_row(&group, name);

		if (row)
			row->text[1] = arena_printf(
				&group.a,
				Q_("%zu line, none of which is left",
				   "%zu lines, none of which is left",
				   gone->left),
				gone->left);
	}
	put_status_group(
		&group, N_("Pitfalls whose code was all replaced"),
		N_("  (use \"git retro pitfalls retire <pitfall>\" for "
		   "those that are over)"),
		"git retro pitfalls --stale");
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
	struct buf names = BUF_INIT, said = BUF_INIT;
	bool outside = false;

	for (size_t i = 0; i < hooks->nr; i++) {
		const struct status_hook *hook = &hooks->at[i];

		if (status_hook_runs(hook))
			continue;
		outside |= !strcmp(hook->state, "outside");
		buf_addstr(&names, names.n ? ", " : "");
		buf_addf(&names,
			 strcmp(hook->state, "stale") ? "%s"
						      : _("%s (outdated)"),
			 hook->hook);
	}
	if (names.n) {
		if (out->n)
			buf_addch(out, '\n');
		buf_addf(&said, _("Hooks not installed: %s"), names.p);
		style_put(out, style, STYLE_WARNING, said.p);
		buf_addch(out, '\n');
		put_dim(out, style,
			outside ? _("  (\"git retro doctor\" shows why)")
				: _("  (use \"git retro hooks install\")"));
	}
	buf_release(&said);
	buf_release(&names);
}

/* What is no fault, and yet worth a line. */
static void put_rest(struct buf *out, const struct style *style,
		     const struct status_report *status)
{
	struct buf line = BUF_INIT;

	if (status_is_good(status))
		buf_addstr(&line,
			   status->no_release
				   ? _("No releases yet; nothing is overdue.")
				   : _("All releases have a retro; nothing is "
				       "overdue."));
	if (status->open) {
		buf_addstr(&line, line.n ? "\n" : "");
		buf_addf(&line,
			 Q_("%zu action is open.", "%zu actions are open.",
			    status->open),
			 status->open);
	}
	if (status->notes) {
		buf_addstr(&line, line.n ? "\n" : "");
		buf_addf(&line,
			 Q_("%zu note waits for a draft.",
			    "%zu notes wait for a draft.", status->notes),
			 status->notes);
	}
	if (out->n && line.n)
		buf_addch(out, '\n');
	if (line.n)
		buf_addf(out, "%s\n", line.p);
	if (status->links_unknown)
		put_dim(out, style,
			_("some linked commits cannot be checked: "
			  "history is cut off here"));
	buf_release(&line);
}

/* What is below is not all, or not right, until these are fixed. */
static void put_problems(struct buf *out, const struct style *style,
			 const struct status_report *status)
{
	struct group group = begin_group(out, style);

	for (size_t i = 0; i < status->problems.nr; i++)
		add_status_row(&group, status->problems.at[i]);
	put_status_group(&group, N_("Invalid settings"),
			 N_("  (fix them first: what follows may be wrong)"),
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
	if (status->gone.nr)
		put_gone(out, style, status);
	put_rest(out, style, status);
	put_hooks(out, style, hooks);
}
