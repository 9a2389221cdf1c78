/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the pre-commit hook showed to whom on which day, so that nobody is told
 * twice: <common_dir>/retro/shown, a line for each retro, with the files that
 * it was shown for (paths.h). Of this clone alone, and disposable. With the C
 * library alone.
 */
#ifndef FRONT_SHOWN_H
#define FRONT_SHOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "front/paths.h"

struct shown;

/* What was shown today to the author of the commit (GIT_AUTHOR_EMAIL, which git
 * sets for the hook). NULL only without memory. */
struct shown *shown_load(const char *common_dir);
void shown_free(struct shown *shown);
bool shown_has(const struct shown *shown, const struct paths_match *match);

/* Remembers it. Failing is no error: it is shown again. */
void shown_add(const char *common_dir, const struct paths_match *matches,
	       size_t nr);

#endif
