/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What our hooks cost in this repository, measured by starting one as git
 * does.
 */
#ifndef HOOK_MEASURE_H
#define HOOK_MEASURE_H

#include <stdbool.h>

#include "base/err.h"
#include "hook/install.h"

/* How often each is started; the median counts. */
#define MEASURE_TIMES 20

struct measure {
	double prepared;  /* ms: told of a change that may yet fail */
	double committed; /* ms: of a change that is no release */
};

/* `installed` is the state of reference-transaction. *done stays false where
 * the file is more than our own shim, since what else it starts would believe
 * what we tell it. */
MUST_USE struct err *measure_hook(struct measure *out, bool *done,
				  struct repo *repo,
				  const struct install_item *installed);

#endif
