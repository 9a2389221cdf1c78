/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a commit message says about other commits, in the words that people and
 * forges use for it. Pure text; no repository. Ids come as written (possibly
 * abbreviated), in lower case.
 *
 * What is quoted, or said of another commit, is no mention: "(not cherry picked
 * from commit X)", "> This reverts commit X", "the backport in X forgot".
 */
#ifndef GIT_MENTIONS_H
#define GIT_MENTIONS_H

#include "base/arena.h"
#include "base/vec.h"

enum mention_type {
	MENTION_REVERT,         /* "This reverts commit X" */
	MENTION_REVERT_LISTED,  /* the same, of a commit that a squash lists */
	MENTION_REVERT_TITLE,   /* `Revert "T"`, and no commit is named */
	MENTION_REVERT_REQUEST, /* "Reverts owner/repo#12" */
	MENTION_FIX,      /* "Fixes: X (\"subject\")", a commit, not an issue */
	MENTION_PICK,     /* "(cherry picked from commit X)", "Backport of X" */
	MENTION_UPSTREAM, /* "[ upstream commit X ]", "commit X upstream." */
	MENTION_PART,     /* "partial backport of X" */
};
struct mention {
	enum mention_type type;
	const char *id;      /* 7 to 64 hex digits; "#12" or "!12" of a request;
			      * NULL where there is only a title */
	const char *subject; /* quoted beside it, or NULL */
};
struct mentions VEC_OF(struct mention);

/* In the order of the text; at most 1000. */
void message_mentions(struct mentions *out, struct arena *a,
		      const char *message);

/* How a fix says what it fixes. */
enum blame_word {
	BLAME_NAMED,  /* "Fixes: X", "introduced by X", "Follow-up to X" */
	BLAME_SINCE,  /* "since X", "after X" */
	BLAME_SPOKEN, /* only spoken of: "commit X" */
};
struct blame_mention {
	enum blame_word word;
	const char *id;
};
struct blame_mentions VEC_OF(struct blame_mention);

/* The commits that a fix names as what went wrong, the surest first, then in
 * the order of the text, each once; what it was picked from is none. */
void message_causes(struct blame_mentions *out, struct arena *a,
		    const char *message);

#endif
