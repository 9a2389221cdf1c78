/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The table (front/paths.h) by which git-retro-hook tells that no past pitfall
 * is met, of what a corpus says.
 */
#ifndef HOOK_PITFALL_TABLE_H
#define HOOK_PITFALL_TABLE_H

#include "base/err.h"
#include "corpus/corpus.h"
#include "hook/hook.h"

/* Reads every fix that is not kept yet. */
MUST_USE struct err *pitfall_table_write(struct hook_env *env,
					 struct corpus *corpus);

#endif
