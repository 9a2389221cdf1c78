/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a person answered for which release, so that nobody is asked twice.
 * Kept in <common_dir>/retro/asked, one line each: answer, tag and mail, with
 * tabs between; of two lines for the same, the later one holds. Of this clone
 * alone, and disposable: without it a question comes again.
 */
#ifndef HOOK_ASKED_H
#define HOOK_ASKED_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/config.h"
#include "git/repo.h"

enum answer {
	ANSWER_NONE,
	ANSWER_YES,
	ANSWER_NO,
	ANSWER_SKIP,
	ANSWER_LATER,
	ANSWER_NAMED, /* not asked, but told that it needs a retro */
};

struct asked_line {
	enum answer answer;
	const char *tag, *mail;
};

struct asked {
	struct arena *arena;
	const char *path;
	const char *mail; /* of the person here, as git's committer */
	struct VEC_OF(struct asked_line) lines;
};

/* Lines that make no sense are left out. */
MUST_USE struct err *asked_load(struct asked *out, struct arena *a,
				struct repo *repo, const struct config *config);

/* The answer of the person here. */
enum answer asked_get(const struct asked *asked, const char *tag);

/* Remembers it for each of the tags, with what others wrote in the meantime.
 * The oldest lines go when there are more than 4,096. */
MUST_USE struct err *asked_put(struct asked *asked, const struct strs *tags,
			       enum answer answer);

#endif
