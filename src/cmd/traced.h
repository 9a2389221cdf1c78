/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What commands gather before a trace is shown to a person.
 */
#ifndef CMD_TRACED_H
#define CMD_TRACED_H

#include "base/arena.h"
#include "base/err.h"
#include "git/repo.h"
#include "view/trace.h"

/* Fills in the commits that each trace is about. */
MUST_USE struct err *traced_describe(struct traceds *traceds, struct arena *a,
				     struct repo *repo);

#endif
