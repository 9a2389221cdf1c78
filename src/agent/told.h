/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was told in which session of an agent, so that it hears of each file and
 * of each pitfall once: <common_dir>/retro/agents, which is disposable.
 */
#ifndef AGENT_TOLD_H
#define AGENT_TOLD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "git/repo.h"

struct told;

/* In the arena. A session without a name has heard nothing. */
struct told *told_open(struct arena *a, struct repo *repo, const char *session);

/* Whether the session has heard of it: a path, or the name of a pitfall. */
bool told_has(const struct told *told, const char *name);

/* Remembers them. Failing is no error: they are told again. */
void told_add(const struct told *told, const struct strs *names);

#endif
