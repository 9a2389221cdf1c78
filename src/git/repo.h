/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A repository, found as git finds it: GIT_DIR, GIT_WORK_TREE,
 * GIT_COMMON_DIR, GIT_OBJECT_DIRECTORY and GIT_CEILING_DIRECTORIES, else from
 * the current directory up. Works bare, in a linked worktree, in a submodule
 * and inside a hook. We never write to the object database or to refs.
 *
 * What libgit2 cannot read (sha256, reftable, extensions of a later git) is
 * read through git itself (object.h).
 */
#ifndef GIT_REPO_H
#define GIT_REPO_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/oid.h"

struct config;
struct repo;

/* ERR_NOT_FOUND when there is no repository here. The caller closes it. */
MUST_USE struct err *repo_open(struct repo **out);
void repo_close(struct repo *repo); /* NULL is allowed */

/* All absolute, without an end slash, borrowed from `repo`. */
const char *repo_git_dir(const struct repo *repo);
const char *repo_common_dir(const struct repo *repo);
/* NULL in a bare repository. */
const char *repo_work_tree(const struct repo *repo);

/* The current directory relative to the work tree, "" at its top. Borrowed. */
const char *repo_prefix(const struct repo *repo);

/* From now on nothing is written below its git directory, and nothing that is
 * kept there is read: each question is answered anew. */
void repo_leave_untouched(struct repo *repo);
bool repo_is_untouched(const struct repo *repo);

/* Whether history is cut off: a shallow clone. */
bool repo_is_shallow(const struct repo *repo);
/* The commits whose parents are cut off. */
MUST_USE struct err *repo_shallow_ends(struct oids *out, struct arena *a,
				       const struct repo *repo);

/* Where git itself looks for hooks, absolute: where core.hooksPath is set it
 * is asked of `git rev-parse --git-path hooks`. */
MUST_USE struct err *repo_hooks_dir(char **out, struct arena *a,
				    struct repo *repo,
				    const struct config *config);

#endif
