/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The actions of all retros, for a person.
 */
#ifndef VIEW_ACTIONS_H
#define VIEW_ACTIONS_H

#include "base/buf.h"
#include "corpus/actions.h"
#include "view/style.h"

/* One action a line: name, state or due day, owner, text. */
void actions_put(struct buf *out, const struct style *style,
		 const struct listed_actions *actions);

/* "done by 3f2c91b0d4 on 2026-11-24", "declined: the vendor does",
 * "due 2026-12-01", "open". Clean; in the arena. */
const char *actions_state(struct arena *a, const struct listed_action *listed);

#endif
