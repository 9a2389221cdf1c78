/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The same command in many repositories, each in a process of its own, as many
 * at once as there are processors: one that is broken, vanishes or is refused
 * by git stops no other.
 */
#ifndef MANY_ASK_H
#define MANY_ASK_H

#include "base/buf.h"
#include "base/err.h"
#include "many/repos.h"

struct many_answer {
	const struct many_repo *repo;
	struct buf out;      /* what it printed */
	struct buf words;    /* what it said on stderr */
	int status;          /* its exit code */
	const char *failure; /* one line why there is no answer; or NULL */
};
struct many_answers VEC_OF(struct many_answer);

/* No answer of one repository is larger. Bytes. */
#define MANY_ANSWER_MAX ((size_t)1 << 30)

/* `args` are those of git-retro, the command first; ends with NULL. `slot` is
 * what each gets instead of an argument that is one of the blanks, the very
 * pointer; a NULL is none. The answers are in the order of the repositories,
 * which are borrowed. */
typedef const char *many_slot_fn(struct arena *a, const char *blank,
				 const struct many_repo *repo, void *data);
struct many_ask {
	const char *const *args;
	const char *blanks[2];
	many_slot_fn *slot;
	/* Gets each answer as it comes, and its output is let go then; an error
	 * ends it all. NULL: the answers are kept. */
	struct err *(*done)(void *data, struct many_answer *answer);
	void *data;
	int in_fd; /* a file that is the stdin of each, at one place; 0: none */
};
/* A blank, and what stands there: "--name=<repository>". */
extern const char many_own_name[];
many_slot_fn many_name_slot;

MUST_USE struct err *many_ask(struct many_answers *out, struct arena *a,
			      const struct many_repos *repos,
			      const struct many_ask *ask);
void many_answers_release(struct many_answers *answers);

#endif
