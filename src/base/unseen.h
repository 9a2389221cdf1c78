/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Characters that are not seen: those that order the text around them
 * (Bidi_Control), those that are shown as nothing (Default_Ignorable), and the
 * brackets of annotations. With them a text says one thing to a person and
 * another to a program. The tables are Unicode's, which knows no further ones
 * in these blocks.
 */
#ifndef BASE_UNSEEN_H
#define BASE_UNSEEN_H

#include <stdbool.h>

bool unseen_is(int c);

/* Whether such a character does its work between these two: a joiner between
 * letters of a script that needs it, or between emoji; a variant of the one
 * before it. 0 is the start or the end of the text. */
bool unseen_joins(int before, int c, int after);

#endif
