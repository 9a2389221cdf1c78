/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is in a range and yet nothing that a team looks back on: what bots do,
 * how the main line is merged into branches, other people's files.
 */
#ifndef LINEAGE_NOISE_H
#define LINEAGE_NOISE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/diff.h"
#include "git/walk.h"

/* Whether somebody is a bot, by the name or the address. */
bool noise_is_bot(const struct person *person);

/* Whether a title is that of a dependency's new version, of a changelog or of
 * the release itself. */
bool noise_is_bump(const char *title);

/* "Merge branch 'main' into topic": it brings nothing of its own. */
bool noise_is_upkeep(const char *subject);

/* Whether a file lies in a folder of other people's code, such as vendor. */
bool noise_is_foreign(const char *path);

/* Whether a file is a test, documentation or a changelog, by its path: seldom
 * where a fault is. */
bool noise_is_aside(const char *path);

/* Takes out what is below `dir` (the team's own retros; NULL: none) and the
 * settings file; what is vendored or generated, by its folder or, of the first
 * few hundred, by the attributes linguist-vendored and linguist-generated; and
 * puts notebooks and lock files last. */
void noise_sift_files(struct diff_files *files, struct arena *a,
		      const char *dir);

#endif
