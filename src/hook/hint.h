/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Past pitfalls, told while a commit is made: at most three lines, each pitfall
 * once in thirty days for one person.
 */
#ifndef HOOK_HINT_H
#define HOOK_HINT_H

#include "hook/hook.h"
#include "report/context.h"

/* What is about to be committed: its paths, and what it is held against. Where
 * that takes the place of HEAD (`git commit --amend`) it is HEAD's parent. */
MUST_USE struct err *hint_staged(struct context_question *question,
				 struct hook_env *env);

/* Tells what is specific to the question, whose limits it sets. The retros at
 * `staged` are in the commit themselves, and left out. */
MUST_USE struct err *hint_tell(struct hook_env *env,
			       struct context_question *question,
			       const struct strs *staged);

#endif
