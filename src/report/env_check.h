/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether what is locked can run where it is to run: what a commit's lock files
 * ask for, against what the newest retro with an `environment` says that each
 * environment has.
 */
#ifndef REPORT_ENV_CHECK_H
#define REPORT_ENV_CHECK_H

#include "base/arena.h"
#include "base/err.h"
#include "capture/demand.h"
#include "corpus/corpus.h"
#include "git/oid.h"

struct env_shortage {
	const struct demand *demand;
	const char *offered;
};

struct env_state {
	const char *name;
	const struct retro *retro; /* that told of it last; NULL: none did */
	size_t compared;           /* demands that it says something about */
	struct VEC_OF(struct env_shortage) shortages;
	struct strs unread; /* files that could not be read */
};
struct env_states VEC_OF(struct env_state);

/* One for each environment that the setting `capture` or a retro names, or the
 * one called `only` (NULL: all). ERR_NOT_FOUND if there is none of that
 * name. */
MUST_USE struct err *env_check(struct env_states *out, struct corpus *corpus,
			       const struct oid *commit, const char *only);

#endif
