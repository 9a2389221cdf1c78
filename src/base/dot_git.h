/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names that some file system takes for ".git", as git itself knows them: no
 * path of the work tree may contain one.
 */
#ifndef BASE_DOT_GIT_H
#define BASE_DOT_GIT_H

#include <stdbool.h>

/* Whether a component of the path is such a name. */
bool dot_git_in(const char *path);

#endif
