/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Holding retros to the rules with what git and the other retros know:
 * `check` does it, and `new` and `edit` once the editor is closed.
 */
#ifndef CMD_RECHECK_H
#define CMD_RECHECK_H

#include "base/file.h"
#include "cmd/cmd.h"
#include "store/corpus.h"

/* Adds what the rules find in `retros`, and what only shows across all of the
 * corpus, to its diagnostics. */
MUST_USE struct err *recheck_retros(struct env *env, struct corpus *corpus,
				    const struct retros *retros);

/* Reads the file (its path from the root) as it is now, and prints what is
 * wrong with it to stderr. No problem of the file is a failure. */
MUST_USE struct err *recheck_file(struct env *env, const char *path);

#endif
