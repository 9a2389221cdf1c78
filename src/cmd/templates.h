/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The templates of drafts: the program's own, and a team's in
 * `<dir>/.templates/`, which win.
 */
#ifndef CMD_TEMPLATES_H
#define CMD_TEMPLATES_H

#include "base/buf.h"
#include "base/err.h"
#include "cmd/cmd.h"
#include "view/draft.h"

/* Appends a template, filled: `<dir>/.templates/<name>.<language>.md` or
 * `<name>.md` of the team, else the program's own of that name. ERR_NOT_FOUND,
 * with the nearest name as hint; ERR_UNSUPPORTED if a link leads out of the
 * repository. */
MUST_USE struct err *templates_fill(struct buf *out, struct env *env,
				    const char *name,
				    const struct draft *draft);

/* Appends a line for each template that templates_fill() would take: name,
 * language ("any" for one without), the team's file or "built in". */
MUST_USE struct err *templates_list(struct buf *out, struct env *env);

#endif
