/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git config as git itself reads it: system, global, local, worktree,
 * includes, `git -c` and GIT_CONFIG_*. Read once, by asking git
 * (`git config -z --show-origin --list`), because libgit2 misses half of that;
 * of its sections, those that config.c names.
 */
#ifndef GIT_CONFIG_H
#define GIT_CONFIG_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

struct repo;
struct config;

/* `repo` NULL reads what applies outside a repository. Lives in the arena. */
MUST_USE struct err *config_load(struct config **out, struct arena *a,
				 struct repo *repo);

/* The same in two halves: git reads it while we do something else. Once begun
 * it is ended, too. Without `kept`, git is asked in any case. */
struct config_reading;
MUST_USE struct err *config_begin(struct config_reading **out, struct arena *a,
				  bool kept);
MUST_USE struct err *config_end(struct config **out,
				struct config_reading *reading);

/* Names are compared as git does: section and last part without case. */
/* The last value, or NULL. Borrowed. */
const char *config_get(const struct config *config, const char *name);
/* Every value in order, and where the last one stands ("file:.git/config",
 * "command line:"); *origin may be NULL. */
void config_get_all(struct strs *out, const char **origin, struct arena *a,
		    const struct config *config, const char *name);
/* git's booleans; `fallback` if unset or no boolean. */
bool config_bool(const struct config *config, const char *name, bool fallback);
/* A colour ("bold red") as the sequence that git makes of it; `fallback` if it
 * is unset or none that git knows. */
const char *config_colour(struct arena *a, const struct config *config,
			  const char *name, const char *fallback);
/* Appends every name and value, in order. */
void config_add_all(struct buf *out, const struct config *config);
/* The names below a section ("retro."), each once, as git prints them. */
void config_names(struct strs *out, struct arena *a,
		  const struct config *config, const char *prefix);

#endif
