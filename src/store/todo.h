/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The actions of all retros, as they stand from the branch one stands on: what
 * the file says, and what a commit with a `Retro-Action:` trailer closed.
 */
#ifndef STORE_TODO_H
#define STORE_TODO_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/action.h"
#include "store/corpus.h"
#include "store/trailers.h"

struct todo {
	const struct retro *retro;
	const struct action *action;
	const char *name;        /* "<id>#A1"; "<id>" if the action has none */
	enum action_state state; /* done also if a trailer says so */
	const struct trailer_tie *closed; /* by this commit; NULL if the file
					   * itself says what it is */
	bool overdue;                     /* open, and due before today */
};
struct todos VEC_OF(struct todo);

/* Every action of the corpus, retro by retro in its order. Reads the bodies.
 * Of a corpus as of a revision, that is where one looks from; else HEAD is. */
MUST_USE struct err *todo_list(struct todos *out, struct corpus *corpus);

/* Only those that are open. A body without an open box is not read. */
MUST_USE struct err *todo_open(struct todos *out, struct corpus *corpus);

/* Whether its text has an open box anywhere; its body need not be read. */
bool todo_may_be_open(const struct retro *retro);

/* Only of one retro. */
MUST_USE struct err *todo_of(struct todos *out, struct corpus *corpus,
			     struct retro *retro);

#endif
