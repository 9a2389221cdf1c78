/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading what very many retros and their fixes say, for the hook of git
 * commit, while nobody waits for it: `git retro hook read-ahead`, which the
 * hook starts after a clone. One does so at a time; a second one leaves.
 */
#ifndef HOOK_READ_AHEAD_H
#define HOOK_READ_AHEAD_H

#include <stdbool.h>

#include "base/err.h"
#include "hook/hook.h"

/* Starts it and does not wait. It keeps no file of ours open, and its end is
 * nobody's business. */
MUST_USE struct err *read_ahead_start(struct hook_env *env);

/* Whether one is at it. */
bool read_ahead_runs(struct hook_env *env);

#endif
