/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Keeps the table of git-retro-hook (table.h) up to date: it names what the
 * policy depends on here, `.retro.yml` and every file of git config, included
 * ones too.
 */
#ifndef HOOK_REFRESH_H
#define HOOK_REFRESH_H

#include <stdbool.h>

#include "hook/hook.h"

/* `quiet`: everything that is owed here has been named to the person. A bare
 * repository has no table: its policy lies in a commit. */
void refresh_table(struct hook_env *env, bool quiet);

#endif
