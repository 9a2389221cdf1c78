/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What commands gather before a trace is shown to a person.
 */
#ifndef CMD_TRACED_H
#define CMD_TRACED_H

#include "base/arena.h"
#include "base/err.h"
#include "corpus/exposure.h"
#include "git/repo.h"
#include "view/trace.h"

/* Appends what was found of a problem. Its pitfall is named if the retro's body
 * has been read. */
void traced_add(struct traceds *out, struct arena *a,
		const struct exposure *exposure);

/* Fills in the commits that each trace is about. */
MUST_USE struct err *traced_describe(struct traceds *traceds, struct arena *a,
				     struct repo *repo,
				     const struct config *config);

#endif
