/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lines of a commit message, and which of them are the commit's own words.
 */
#ifndef GIT_MESSAGE_LINES_H
#define GIT_MESSAGE_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* A line without its end (LF or CRLF). Borrowed from the message. */
struct message_line {
	const char *s;
	size_t n;
	bool starts;   /* the first of its paragraph */
	bool indented; /* by any white space */
	bool quoted;   /* indented by four spaces or a tab, behind ">", or
			* between fences */
	bool listed;   /* in what a squash lists: the messages of others */
	bool restated; /* its paragraph follows another revert's subject */
	bool claims;   /* it says what this commit reverts */
	bool before_id, before_verb; /* an id, or a verb that takes back, is
				      * here or below in its paragraph */
};

/* To be freed: `at`. */
struct message_lines {
	struct message_line *at;
	size_t nr, cap;
};

/* Behind leading blank lines; at[0] is the subject's first. */
void message_lines_split(struct message_lines *lines, const char *message);
/* The same without a mark on any. */
void message_lines_cut(struct message_lines *lines, const char *message);

bool message_line_is_blank(const struct message_line *line);

#endif
