/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether few files of a repository have a word: what half of them call says
 * nothing of one more call. git is asked, for a moment at most, and what it
 * said is kept for a month in <common_dir>/retro/rare, which is disposable; for
 * a day that there was no time.
 */
#ifndef REPORT_RARE_H
#define REPORT_RARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "git/repo.h"

struct rare;

/* `apart` is a folder whose files do not count: that of the retros. In the
 * arena. */
struct rare *rare_open(struct arena *a, struct repo *repo, const char *apart);

/* False also where that could not be found out in time. */
bool rare_has(struct rare *rare, const char *word);

#endif
