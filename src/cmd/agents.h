/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `init --agents` writes for coding agents, and takes away again: a marked
 * block in AGENTS.md, and for each agent that the repository is used with our
 * hook in its settings and a skill. Nothing else is touched, and a second time
 * nothing is.
 */
#ifndef CMD_AGENTS_H
#define CMD_AGENTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "cmd/cmd.h"

/* Says in `out` what it wrote, a line each, and adds the paths to `written`.
 * Where a step fails the others are done, and the first error is returned. */
MUST_USE struct err *agents_install(struct buf *out, struct strs *written,
				    struct env *env, bool dry_run);
MUST_USE struct err *agents_remove(struct buf *out, struct env *env,
				   bool dry_run);

#endif
