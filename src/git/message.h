/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a commit message says in its trailers, of requests and of people; of
 * other commits see git/mentions.h. Pure text; no repository.
 */
#ifndef GIT_MESSAGE_H
#define GIT_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"

/* The trailer block: the last paragraph, if it is one by the rules of
 * git-interpret-trailers(1). Keys as written; a folded value joined by a
 * space. */
struct trailer {
	const char *key, *value;
};
struct trailers VEC_OF(struct trailer);
void message_trailers(struct trailers *out, struct arena *a,
		      const char *message);
/* Those of one key, in upper or lower case. */
void message_trailers_of(struct trailers *out, struct arena *a,
			 const char *message, const char *key);

/* The pull or merge request that a merge commit's (or a squash merge's)
 * message names: "Merge pull request #12 from ...", "See merge request
 * group/project!34", a subject that ends in "(#56)", "Merged in x (pull
 * request #7)". False if none. `number` is as written, with its sign ("#12",
 * "!34"); `title` the request's title if the message has it, else NULL. */
bool message_request(const char **number, const char **title, struct arena *a,
		     const char *message);

/* `Co-authored-by:` values ("Name <mail>"), each once, wherever a line begins
 * so: many people write other text into that paragraph, and git then sees no
 * trailers. At most 1000. */
void message_co_authors(struct strs *out, struct arena *a, const char *message);

#endif
