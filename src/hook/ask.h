/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A question in the middle of a git command. There is a person only if stderr
 * is a terminal, /dev/tty opens, git runs in that terminal's foreground (else
 * reading stops the whole job), CI is unset, and GIT_TERMINAL_PROMPT does not
 * forbid it.
 */
#ifndef HOOK_ASK_H
#define HOOK_ASK_H

#include <stdbool.h>

#include "base/buf.h"

/* How long a person is waited for, in milliseconds: while a push asks, the
 * server's connection is open. Before the first answer nobody may be there: a
 * script on a terminal must not hang. */
#define ASK_WAIT_MS       (60 * 1000)
#define ASK_UNATTENDED_MS (10 * 1000)

struct ask {
	int fd;      /* the terminal; -1: nobody to ask */
	int wait_ms; /* for the next line; ASK_WAIT_MS once one has come */
};

/* Whether somebody can be asked. From then on our stdin and stdout are the
 * terminal, for the editor that may follow: git's input has been read, and its
 * output (`push --porcelain`) is none of ours. */
bool ask_open(struct ask *ask);
void ask_close(struct ask *ask);

enum ask_reply {
	ASK_LINE,    /* a line, maybe an empty one */
	ASK_NOBODY,  /* the time is up */
	ASK_STOPPED, /* Ctrl-C, Ctrl-D, or the terminal is gone */
};

/* Prints the question (cleaned by the caller) and takes one line, without
 * white space at its ends. What was typed before the question is dropped: it
 * was no answer. */
enum ask_reply ask_line(struct buf *line, struct ask *ask,
			const char *question);

/* The waiting half of it. */
enum ask_reply ask_wait(struct buf *line, int fd, int timeout_ms);

#endif
