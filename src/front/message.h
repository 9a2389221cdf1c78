/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The message of the commit that is being made, as git hands it to the hook
 * commit-msg, and the commits and requests that it names. With the C library
 * alone.
 */
#ifndef FRONT_MESSAGE_H
#define FRONT_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

/* In git's folder. */
#define MESSAGE_FILE "COMMIT_EDITMSG"
/* Among our small files there (front/state.h): pre-commit has found what the
 * message of the same commit may speak of. */
#define MESSAGE_UNSAID "unsaid"

/* Digits of an abbreviated id. */
#define MESSAGE_ID_MIN 7

/* How many bytes are the message: `git commit -v` shows a diff below it. */
size_t message_length(const char *text);

/* Whether the line is one of git's: "# On branch main". "#12: Fix it" is a title,
 * which git keeps with -m. */
bool message_is_comment(const char *line);

/* The next run of digits, at `*at` or behind it, that may be a commit's id;
 * `*at` moves behind it. Comments of git are passed. NULL: there is none. */
const char *message_id(size_t *n, const char **at);

/* The next number of a pull or merge request, with its sign: "#12", "!34". Not
 * that of another project ("other#12"). Otherwise as message_id(). */
const char *message_number(size_t *n, const char **at);

#endif
