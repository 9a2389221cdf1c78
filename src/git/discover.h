/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain repository, found without asking git, which takes a millisecond: a
 * folder `.git` of this person's at the top of their work tree, of version 0,
 * without a word in the environment or in its own config that could mean
 * another. For any other, git is asked.
 */
#ifndef GIT_DISCOVER_H
#define GIT_DISCOVER_H

#include <stdbool.h>

#include "base/err.h"

/* What git itself asks of a HEAD before it takes a folder for a repository:
 * libgit2 takes any. A link counts by where it leads. */
MUST_USE struct err *discover_head(bool *is, const char *path);

/* The top of the work tree of the current directory, and the rest of the way
 * behind its slash, both in one text to be freed; NULL if git is to be asked.
 * The repository is `.git` below the top. */
char *discover_plain(const char **rest);

/* The current directory, to be freed, if it is itself a plain repository of this
 * person's, bare; NULL if git is to be asked. Whether git takes one that nobody
 * named (safe.bareRepository) is not looked at. */
char *discover_bare(void);

#endif
