/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `relink` found and did, a line for each broken link, for a person.
 */
#ifndef VIEW_RELINK_H
#define VIEW_RELINK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "lineage/relink.h"
#include "model/action.h"
#include "model/retro.h"
#include "view/style.h"

struct relink_row {
	const struct retro *retro;
	const char *path;            /* as the person stands to it */
	const char *role;            /* "cause", "fix", "other"; "A1 done by" */
	const struct action *action; /* that the commit closed; NULL: a link */
	const struct relink *dead;
	struct strs to;         /* abbreviations of dead->to */
	struct strs candidates; /* and of dead->candidates */
	const char *refused;    /* why the file stayed as it is, or NULL */
};
struct relink_rows VEC_OF(struct relink_row);

void relink_text(struct buf *out, struct arena *a, const struct style *style,
		 const struct relink_rows *rows);

/* Whether the link is updated, or would be. */
bool relink_is_certain(const struct relink_row *row);

#endif
