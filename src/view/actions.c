/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/actions.h"

#include "base/i18n.h"
#include "base/text.h"
#include "view/columns.h"

#define ABBREV 10

static const char *done_state(struct arena *a,
			      const struct listed_action *listed)
{
	char hex[OID_HEX + 1];

	if (listed->closed)
		return arena_printf(
			a, _("done by %.*s on %s"), ABBREV,
			oid_hex(hex, &listed->closed->commit),
			day_format(a, day_of(listed->closed->committed)));
	if (listed->action->done)
		return arena_printf(a, _("done %s"),
				    text_cleaned(a, listed->action->done));
	return _("done");
}

const char *actions_state(struct arena *a, const struct listed_action *listed)
{
	const struct action *action = listed->action;

	switch (listed->state) {
	case ACTION_DONE:
		return done_state(a, listed);
	case ACTION_DECLINED:
		if (action->reason)
			return arena_printf(a, _("declined: %s"),
					    text_cleaned(a, action->reason));
		return _("declined");
	case ACTION_OPEN:
		break;
	}
	if (action->due == DAY_NONE)
		return _("open");
	return arena_printf(a, _("due %s"), day_format(a, action->due));
}

/* What became of it is told where somebody looked. */
static const char *promise_text(const struct listed_action *listed)
{
	switch (listed->promise) {
	case PROMISE_UNTOUCHED:
		return _("no commit touched its files since");
	case PROMISE_REVERTED:
		return _("its commit was reverted");
	case PROMISE_UNRELEASED:
		return _("not in any release yet");
	case PROMISE_UNKNOWN:
	case PROMISE_GOOD:
		break;
	}
	return "";
}

static struct row action_row(struct arena *a,
			     const struct listed_action *listed)
{
	const struct action *action = listed->action;
	enum style_role role = listed->overdue                ? STYLE_ERROR
			       : listed->state == ACTION_OPEN ? STYLE_PLAIN
							      : STYLE_DIM;

	return (struct row){
		.text = { text_cleaned(a, listed->name),
			  actions_state(a, listed), promise_text(listed),
			  action->owner
				  ? arena_printf(a, "@%s",
						 text_cleaned(a, action->owner))
				  : "",
			  action->priority
				  ? arena_printf(
					    a, "!%s",
					    text_cleaned(a, action->priority))
				  : "",
			  text_cleaned(a, action->text) },
		.role = { STYLE_ID, role, STYLE_WARNING },
	};
}

void actions_put(struct buf *out, const struct style *style,
		 const struct listed_actions *actions)
{
	struct arena arena = ARENA_INIT;
	struct rows rows = { 0 };

	for (size_t i = 0; i < actions->nr; i++)
		vec_push(&arena, &rows, action_row(&arena, &actions->at[i]));
	columns_put(out, style, &rows, 6);
	arena_release(&arena);
}
