/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The actions of all retros, for a person.
 */
#ifndef VIEW_TASKS_H
#define VIEW_TASKS_H

#include "base/buf.h"
#include "store/todo.h"
#include "view/style.h"

/* One action a line: name, state or due day, owner, text. */
void tasks_put(struct buf *out, const struct style *style,
	       const struct todos *todos);

/* "done by 3f2c91b0d4 on 2026-11-24", "declined: the vendor does",
 * "due 2026-12-01", "open". Clean; in the arena. */
const char *tasks_state(struct arena *a, const struct todo *todo);

#endif
