/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which git answers us, and which libgit2.
 */
#ifndef GIT_VERSION_H
#define GIT_VERSION_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

/* "2.39.5", as `git version` says it. */
MUST_USE struct err *version_git(char **out, struct arena *a);
/* Whether a version is `major`.`minor` or later; one that cannot be read is. */
bool version_git_is(const char *version, int major, int minor);
/* "1.5.1", of the library that runs. */
char *version_libgit2(struct arena *a);
/* How it is linked: "static without its network", "shared". */
const char *version_linked(void);

#endif
