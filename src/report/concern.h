/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the messages of a change say it is about. That a change meets the code
 * of a fix says little by itself: that code is moved, renamed and extended all
 * the time, and three of four such changes have nothing to do with what was
 * fixed. It says much if the change calls itself a fix, or has a word in its
 * title that the retro has (tests/real/hints.md).
 */
#ifndef REPORT_CONCERN_H
#define REPORT_CONCERN_H

#include <stdbool.h>

#include "base/arena.h"
#include "git/repo.h"

struct concern;

/* In the arena. */
struct concern *concern_new(struct arena *a, struct repo *repo);

/* Adds the message of a commit of the change, as written, with the comments of
 * git. */
void concern_add(struct concern *concern, const char *message);

/* Whether one calls itself a fix, or takes back or repeats what another did. */
bool concern_fixes(const struct concern *concern);

/* Whether a title has a word that the text has, too: none that says what is
 * done ("drop", "rename"), none of the place or before a colon, which say where,
 * and none that more than one of fifty titles of this history has. */
bool concern_shares(struct concern *concern, const char *text,
		    const char *place);

#endif
