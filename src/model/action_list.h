/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The actions of a retro: the task-list items of its actions section and, as
 * people write them who never heard of us, the rows of a table with a column
 * for what is to be done, plain items with an owner or a date, headings; and
 * where a section has none of these, its plain items.
 */
#ifndef MODEL_ACTION_LIST_H
#define MODEL_ACTION_LIST_H

#include <stdbool.h>

#include "model/action.h"
#include "model/diag.h"
#include "model/section.h"

/* `path` is for diagnostics (rule action: an unreadable due date, an id given
 * twice). */
void action_list_collect(struct actions *out, struct arena *a,
			 struct diags *diags, const char *path,
			 const struct sections *sections);

/* Whether a list, behind the block `lead` (or NULL), only names what other
 * retros left open, as a draft has one: each with its name as code in front,
 * below a line that says so. */
bool action_list_is_reminder(struct arena *a, const struct md *list,
			     const struct md *lead);

/* The first number behind those that are taken: 4 behind A1 and A3. */
long action_list_next(const struct actions *actions);

#endif
