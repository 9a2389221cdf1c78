/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where retros lie: the folders that the policy names, which may be several,
 * patterns, or the whole repository.
 */
#ifndef MODEL_DIRS_H
#define MODEL_DIRS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"

/* `dir` as a person writes it, without "." and empty parts: "" for the root;
 * NULL if it is none of the repository's. */
const char *dirs_normal(struct arena *a, const char *dir);

/* The folder that new retros go to: the first that is not a pattern, else what
 * stands before a pattern's first wildcard. */
const char *dirs_home(struct arena *a, const struct strs *dirs);
/* The deepest folder that all of them lie in; "" is the root. */
const char *dirs_root(struct arena *a, const struct strs *dirs);

/* The folder that what it names lies in: the part before the first wildcard. */
const char *dirs_literal(struct arena *a, const char *dir);
/* All of them as one text, a line each. */
const char *dirs_text(struct arena *a, const struct strs *dirs);

/* Whether the path lies in one of them. */
bool dirs_hold(const struct strs *dirs, const char *path);
/* Whether a file of this path can be a retro: a Markdown file below one of
 * them, in no folder of templates or hidden one, and no README.md of the folder
 * itself. */
bool dirs_have(const struct strs *dirs, const char *path);

/* Whether one would be but for its name or its folder's, which say that it is
 * to be copied and filled in ("TEMPLATE.md", "templates/incident.md"). */
bool dirs_leave_out(const struct strs *dirs, const char *path);

/* Leaves of a list what is a retro: such files, and of these no README.md whose
 * folder has others. Each item begins with its path (`const char *`), by which
 * they are sorted. */
void dirs_keep(const struct strs *dirs, void *items, size_t *nr, size_t size);
/* The same of a list that has no other files. */
void dirs_drop_readmes(void *items, size_t *nr, size_t size);

#endif
