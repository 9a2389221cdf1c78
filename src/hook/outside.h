/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A folder of hooks that is not this repository's: core.hooksPath leads there,
 * or a link, and other repositories may use it. Nothing there is touched; a
 * person may let what lies there start us.
 */
#ifndef HOOK_OUTSIDE_H
#define HOOK_OUTSIDE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/config.h"
#include "git/repo.h"

/* Whether the hook at `path` starts us, as outside_refusal() asks for: git
 * starts it, and it names our program. */
bool outside_starts_us(const char *path);

/* ERR_UNSUPPORTED: what leads to `dir`, and which hooks there do not start us;
 * as hint what a person is to do. */
MUST_USE struct err *outside_refusal(struct arena *a, const struct repo *repo,
				     const struct config *config,
				     const char *dir);

#endif
