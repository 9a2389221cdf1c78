/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trailers of given keys wherever a message has them. The squash merge of a
 * forge leaves those of the squashed commits in the middle of the body, in list
 * items and above its own last paragraph, where git sees none. Pure text, read
 * once.
 */
#ifndef GIT_TRAILER_LINES_H
#define GIT_TRAILER_LINES_H

#include "base/arena.h"
#include "git/message.h"

/* A line or a list item below the subject's paragraph that begins with one of
 * the keys (ends with NULL) and a colon. Not in a quote, between fences, in a
 * comment of HTML, or indented as code is; what `git merge --squash` indents
 * counts. Several values, parted by commas or spaces, are a trailer each; a
 * value of several words that have no digit each is none. The keys are those of
 * the list; at most 1000 trailers. */
void trailer_lines(struct trailers *out, struct arena *a, const char *message,
		   const char *const *keys);

#endif
