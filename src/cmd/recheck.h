/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Saying what is wrong with a retro once the editor is closed: `new` and `edit`
 * do it.
 */
#ifndef CMD_RECHECK_H
#define CMD_RECHECK_H

#include "cmd/cmd.h"

/* Reads the file (its path from the root) as it is now, and prints what is
 * wrong with it to stderr. No problem of the file is a failure. */
MUST_USE struct err *recheck_file(struct env *env, const char *path);

#endif
