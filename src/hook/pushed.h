/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a push brings: releases, release branches, commits.
 */
#ifndef HOOK_PUSHED_H
#define HOOK_PUSHED_H

#include <stdbool.h>

#include "base/err.h"
#include "git/ref.h"
#include "hook/hook.h"
#include "lineage/release_lines.h"

/* Beside deletions. */
struct pushed {
	struct refs tags;    /* by the names they get there */
	struct oids commits; /* where retros may lie that no branch here has */
	struct release_lines lines; /* releases and release branches */
};

bool pushed_is_branch(const char *ref);

/* Notes that a ref ("refs/tags/v1.0") gets this id. `fresh`: no branch here leads
 * to it yet. */
void pushed_add(struct pushed *out, struct hook_env *env, const char *ref,
		const char *id, bool fresh);
/* To be called once all are noted: sorts out the releases. One that is older
 * than what the team asks for is no news to anyone. */
MUST_USE struct err *pushed_finish(struct pushed *out, struct hook_env *env);

/* Names the known pitfalls that lines still carry and, where the team chose a
 * gate, what nobody can tell of. `arriving`, or NULL: commits that a push
 * brings. *bad: there are some. That retros cannot be read is said, and is not
 * bad: no failure of ours stops a push. */
MUST_USE struct err *pushed_audit(bool *bad, struct hook_env *env,
				  const struct oids *arriving,
				  const struct release_lines *lines);

#endif
