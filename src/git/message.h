/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a commit message says about other commits and people. Pure text; no
 * repository. Ids come as written (possibly abbreviated).
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

enum mention_type {
	MENTION_REVERT,   /* "This reverts commit X": at the start of a line in
			   * a message whose subject says revert or reapply,
			   * of a paragraph in another; never one quoted,
			   * indented, or in a squash's list of messages */
	MENTION_FIX,      /* "Fixes: X (\"subject\")", a commit, not an issue */
	MENTION_PICK,     /* "(cherry picked from commit X)" */
	MENTION_UPSTREAM, /* "[ upstream commit X ]", "commit X upstream." */
};
struct mention {
	enum mention_type type;
	const char *id;      /* 7 to 40 hex digits, lower case */
	const char *subject; /* quoted beside it, or NULL */
};
struct mentions VEC_OF(struct mention);
/* In the order of the text; at most 1000. */
void message_mentions(struct mentions *out, struct arena *a,
		      const char *message);

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
