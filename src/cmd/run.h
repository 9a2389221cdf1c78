/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running a command: sets up what it needs, and gives it back.
 */
#ifndef CMD_RUN_H
#define CMD_RUN_H

#include "cmd/cmd.h"

/* Runs env->cmd with these words behind its name. Its exit code is in
 * env->status unless it fails. */
MUST_USE struct err *run_cmd(struct env *env, int argc,
			     const char *const *argv);

#endif
