/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether two changes of one line are about the same part of it. That a change
 * takes out a line which a fix put in says little if it does so to many lines
 * alike (a rename, an argument more for every call, one function for what stood
 * in many places, a name that is done away with), if the line goes with a long
 * piece of code that the fix did not touch, or if what differs then is not what
 * the fix changed in that place.
 */
#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "front/marks.h"

/* The hunks of a change. */
struct parts;

/* In the arena. */
struct parts *parts_new(struct arena *a);

/* Adds those of a diff (front/marks.h says of which kind), of all its files. */
void parts_add(struct parts *parts, const char *diff);

/* A line that both change. */
struct part_line {
	const char *text;
	const char *path, *their_path;   /* of the file in each */
	enum mark_kind kind, their_kind; /* MARK_REMOVED or MARK_ADDED */
};

/* Whether it is the same part of the line that `mine` and `theirs` change. */
bool parts_meet(struct parts *mine, const struct parts *theirs,
		const struct part_line *line);

/* Whether the line goes from, or comes to, the same function in both. */
bool parts_stand_alike(const struct parts *mine, const struct parts *theirs,
		       const struct part_line *line);

/* Whether all that it does in a function is done in many places alike. */
bool parts_only_repeat(struct parts *mine, const char *path,
		       const char *function);

/* Whether it puts another word for this one, in more than one place. */
bool parts_rename(struct parts *parts, const char *word);

/* How many files it changes that do not follow others (front/marks.h). */
size_t parts_files(const struct parts *parts);

#endif
