/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The actions of all retros, as they stand from the branch one stands on: what
 * the file says, and what a commit with a `Retro-Action:` trailer closed.
 */
#ifndef CORPUS_ACTIONS_H
#define CORPUS_ACTIONS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "corpus/trailers.h"
#include "model/action.h"

/* Whether what is said of it is so, as report/promises.h finds out. */
enum promise {
	PROMISE_UNKNOWN, /* or nobody looked */
	PROMISE_GOOD,
	PROMISE_UNTOUCHED,  /* open, and no commit touched its files since */
	PROMISE_REVERTED,   /* done, and its commit is not in effect in HEAD */
	PROMISE_UNRELEASED, /* done, and no release has it, though one came */
};

struct listed_action {
	const struct retro *retro;
	const struct action *action;
	const char *name;        /* "<id>#A1"; "<id>" if the action has none */
	enum action_state state; /* done also if a trailer says so */
	const struct trailer_link *closed; /* by this commit; NULL if the file
					   * itself says what it is */
	bool overdue;                      /* open, and due before today */
	enum promise promise;
};
struct listed_actions VEC_OF(struct listed_action);

/* Every action of the corpus, retro by retro in its order.
 * Of a corpus as of a revision, that is where one looks from; else HEAD is. */
MUST_USE struct err *actions_list(struct listed_actions *out,
				  struct corpus *corpus);

/* Only those that are open. */
MUST_USE struct err *actions_open(struct listed_actions *out,
				  struct corpus *corpus);

/* Only of one retro. */
MUST_USE struct err *actions_of(struct listed_actions *out,
				struct corpus *corpus, struct retro *retro);

#endif
