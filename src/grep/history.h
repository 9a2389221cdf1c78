/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every text that a retro ever had, each once: from all that any ref leads to,
 * those of deleted retros and of branches that were never merged too. What lies
 * below the folder `dir` counts, and below each folder that any version of
 * `.retro.yml` named as such.
 *
 * History is read once and then only what is new in it. What was found is kept
 * in <common_dir>/retro/history. That file is disposable: deleted, damaged,
 * written by another version or by two at once it costs time, never a wrong
 * answer. Where history is bent (graph.h) it is read each time.
 */
#ifndef GREP_HISTORY_H
#define GREP_HISTORY_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/repo.h"
#include "grep/versions.h"
#include "model/policy.h"

MUST_USE struct err *history_load(struct history *out, struct arena *a,
				  struct repo *repo,
				  const struct policy *policy);

/* Number `i`; what it points to is borrowed from the history. */
struct text_version history_version(const struct history *history, size_t i);

/* Appends the branches that have this text now, in the order of
 * corpus/branches.h. */
void history_branches(struct strs *out, const struct history *history,
		      size_t version);

#endif
