/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What became of the hints of the pre-commit hook in this clone
 * (front/shown.h): whether the change that one was told of was still there in
 * the history that followed, and which ones a person has muted.
 */
#ifndef REPORT_HINTS_H
#define REPORT_HINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "corpus/corpus.h"
#include "git/config.h"
#include "git/repo.h"

struct hint_counts {
	size_t told, kept, changed; /* of the rest nothing is known yet */
	size_t muted;               /* pitfalls, for somebody */
};

/* Looks what became of those that were told before today, and remembers it. A
 * hint had an effect if what it was told of is not in what HEAD has more than
 * when it was told. Failing is no error: it is looked at again. */
void hints_settle(struct arena *a, struct repo *repo);

void hints_count(struct hint_counts *out, struct repo *repo);

/* The name of what is told of a pitfall, from what a person calls it:
 * "<retro>#P1", or "<retro>" where its pitfalls have no numbers. */
MUST_USE struct err *hints_name(const char **out, struct corpus *corpus,
				const char *name);

/* Silences it for `days`, from today, for the person that git would take for
 * the author; `days` < 0: for good; 0: it may speak again. `*until` is the day
 * that it speaks again on, as 20260131. */
MUST_USE struct err *hints_mute(int *until, struct repo *repo,
				const struct config *config, const char *name,
				int days);

/* Whether it is silenced, by its name, for that person. */
bool hints_is_muted(struct repo *repo, const struct config *config,
		    const char *name);

#endif
