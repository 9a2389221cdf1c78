/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a hook does about releases that need a retro: asks whether to draft
 * them now, does what the person says and remembers the answer; or, where
 * nobody can be asked, says so in one line.
 */
#ifndef HOOK_OFFER_H
#define HOOK_OFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/ref.h"
#include "hook/ask.h"
#include "hook/asked.h"
#include "hook/hook.h"

/* More releases than this at once are named in one line, not asked for. */
#define OFFER_MAX 50

/* Of these tags, the names of those that need a retro: releases by the policy,
 * not older than its `since`, that no retro covers, here or in the commits of
 * `extra` (may be NULL). `fresh`: they were made at this moment. */
MUST_USE struct err *offer_owed(struct strs *out, struct hook_env *env,
				const struct refs *tags, bool fresh,
				const struct oids *extra);

/* Whether this many may be asked for: there is a person (ask.h), a work tree
 * to draft in, and `on-tag` is `prompt`. The caller closes `ask`. */
bool offer_open(struct ask *ask, const struct hook_env *env, size_t tags);

/* Asks one question for all, drafts or waives with a git-retro of its own, and
 * remembers. Adds to `*written` how many retros were written. */
MUST_USE struct err *offer_ask(size_t *written, struct hook_env *env,
			       struct asked *asked, struct ask *ask,
			       const struct strs *tags);

/* One line for each, or for all if they are many; remembered as named. */
MUST_USE struct err *offer_say(struct hook_env *env, struct asked *asked,
			       const struct strs *tags);

/* Remembers those of the tags that were never asked for as named. */
MUST_USE struct err *offer_named(struct hook_env *env, struct asked *asked,
				 const struct strs *tags);

/* Whether a line says yes, in either language; an empty one does not. */
bool offer_is_yes(struct arena *a, const struct buf *line);

/* "v1.6.0, v1.5.0 and 7 more" */
void offer_names(struct buf *out, const struct strs *tags);

#endif
