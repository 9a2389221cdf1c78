/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `init` proposes for a repository: it looks at tags, branches and
 * folders, and on a terminal the person has the last word.
 */
#ifndef CMD_PROPOSE_H
#define CMD_PROPOSE_H

#include "base/buf.h"
#include "base/err.h"
#include "cmd/cmd.h"
#include "lineage/habits.h"

struct setup {
	struct habits habits;
	struct proposal proposal;
	const char *dir; /* of the retros; the policy's, or one that is there */
	bool dir_found;
	struct strs files; /* of HEAD, every path */
	/* Packages that are folders of their own: a glob of their tags, and
	 * the folder, side by side. */
	struct strs paths;
};

MUST_USE struct err *propose(struct setup *out, struct env *env);

/* The proposal as text, indented, with what stands in its way: tags that are
 * not here, paths that git ignores. */
void propose_text(struct buf *out, struct env *env, const struct setup *setup);

/* Shows it and asks; the person may choose the kinds of tags. Nobody to ask:
 * it stands. ERR_INTERRUPTED if they want nothing written. */
MUST_USE struct err *propose_ask(struct setup *setup, struct env *env);

/* Whether git ignores a new file of that path, from the top of the work tree;
 * whether a remote here was cloned without its tags. */
bool propose_ignored(struct env *env, const char *path);
bool propose_without_tags(struct env *env);

/* The language of the team where no setting names one: Chinese if the person
 * reads Chinese, or most of the last commits were described in it. */
void propose_language(enum language *out, struct env *env);

#endif
