/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/tasks.h"

#include "base/text.h"
#include "view/columns.h"

#define ABBREV 10

static const char *done_state(struct arena *a, const struct todo *todo)
{
	char hex[OID_HEX + 1];

	if (todo->closed)
		return arena_printf(
			a, "done by %.*s on %s", ABBREV,
			oid_hex(hex, &todo->closed->commit),
			day_format(a, day_of(todo->closed->committed)));
	if (todo->action->done)
		return arena_printf(a, "done %s",
				    text_cleaned(a, todo->action->done));
	return "done";
}

const char *tasks_state(struct arena *a, const struct todo *todo)
{
	const struct action *action = todo->action;

	switch (todo->state) {
	case ACTION_DONE:
		return done_state(a, todo);
	case ACTION_DECLINED:
		if (action->reason)
			return arena_printf(a, "declined: %s",
					    text_cleaned(a, action->reason));
		return "declined";
	case ACTION_OPEN:
		break;
	}
	if (action->due == DAY_NONE)
		return "open";
	return arena_printf(a, "due %s", day_format(a, action->due));
}

static struct row task_row(struct arena *a, const struct todo *todo)
{
	const struct action *action = todo->action;
	enum style_role role = todo->overdue                ? STYLE_ERROR
			       : todo->state == ACTION_OPEN ? STYLE_PLAIN
							    : STYLE_DIM;

	return (struct row){
		.text = { text_cleaned(a, todo->name), tasks_state(a, todo),
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
		.role = { STYLE_ID, role },
	};
}

void tasks_put(struct buf *out, const struct style *style,
	       const struct todos *todos)
{
	struct arena arena = ARENA_INIT;
	struct rows rows = { 0 };

	for (size_t i = 0; i < todos->nr; i++)
		vec_push(&arena, &rows, task_row(&arena, &todos->at[i]));
	columns_put(out, style, &rows, 5);
	arena_release(&arena);
}
