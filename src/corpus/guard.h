/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The guards of a problem (model/problem.h), sought in the files of the lines
 * that have its fix: where one is not, no test would catch the problem again.
 */
#ifndef CORPUS_GUARD_H
#define CORPUS_GUARD_H

#include "corpus/exposure.h"

/* What is missing on one line. */
struct guarded {
	struct strs missing; /* guards that no file of the line is, or is
			      * below */
	bool unknown;        /* of one nobody can tell: trees are not here, or
			      * there are too many files to look at */
};

/* Sets `guarded` of each exposure that has guards. Looks at the branches and
 * the newest releases first, and at so many files at most. */
void guard_look(struct exposures *exposures, struct corpus *corpus);

/* Whether a line has the fix and lacks a guard, or nobody can tell; NULL if
 * neither. */
const struct guarded *guard_of(const struct exposure *exposure, size_t line);

#endif
