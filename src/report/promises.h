/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Actions that look kept, or under way, and are not: an open one whose files no
 * commit touched since its retro was drafted; a done one whose commit was
 * reverted, or is in no release although one was tagged since.
 */
#ifndef REPORT_PROMISES_H
#define REPORT_PROMISES_H

#include "base/err.h"
#include "corpus/actions.h"
#include "corpus/corpus.h"
#include "git/config.h"

/* Sets `promise` of each of the actions; PROMISE_UNKNOWN where nothing can be
 * said: it names no files and its retro no paths, no commit closed it, or
 * history is cut off. An action's files are those that its text names and that
 * are there; if there are none, what `paths` of its retro match. */
MUST_USE struct err *promises_load(struct listed_actions *actions,
				   struct corpus *corpus,
				   const struct config *config);

#endif
