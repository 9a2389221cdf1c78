/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The programs of this installation: git-retro and git-retro-hook stand in
 * one folder.
 */
#ifndef HOOK_PROGRAM_H
#define HOOK_PROGRAM_H

#include "base/arena.h"
#include "base/err.h"

/* The program that the hooks start. */
#define SELF_HOOK "git-retro-hook"

/* The absolute path of the program `name` beside the one that runs. In the
 * arena. ERR_NOT_FOUND. */
MUST_USE struct err *program_find(char **out, struct arena *a,
				  const char *name);

#endif
