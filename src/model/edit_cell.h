/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state of an action that has no box: in the cell of its row that is for
 * it, or else as a mark behind its words. Nothing else in the file changes.
 */
#ifndef MODEL_EDIT_CELL_H
#define MODEL_EDIT_CELL_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/action.h"
#include "model/retro.h"

/* `mark` is the commit or day of ACTION_DONE, the reason of ACTION_DECLINED, ""
 * for none. ERR_UNSUPPORTED if the file would read otherwise than that. */
MUST_USE struct err *edit_cell(struct buf *out, struct arena *a,
			       const struct retro *retro,
			       const struct action *action,
			       enum action_state state, const char *mark);

#endif
