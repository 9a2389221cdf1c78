/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The retro that was created last, which a person calls `@`.
 */
#ifndef CORPUS_LATEST_H
#define CORPUS_LATEST_H

#include "corpus/corpus.h"

/* Of a surveyed corpus: of the files that are not committed yet, the youngest
 * by the file's time; if there are none, the one whose first commit is the
 * latest, and of several in that commit the one of the latest date, or of one
 * day the youngest file. NULL in an empty corpus. */
MUST_USE struct err *corpus_latest(struct retro **out,
				   const struct corpus *corpus);

#endif
