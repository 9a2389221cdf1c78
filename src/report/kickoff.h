/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was to be agreed before work began, and is still open: the open actions
 * of a project's section whose heading says kickoff (启动对齐).
 */
#ifndef REPORT_KICKOFF_H
#define REPORT_KICKOFF_H

#include <stdbool.h>

#include "corpus/actions.h"

/* Whether it is a project that has one, whatever files there are. */
bool kickoff_waits(const struct retro *retro);

/* Appends those of the projects whose `paths` match one of these files. */
MUST_USE struct err *kickoff_open(struct listed_actions *out,
				  struct corpus *corpus,
				  const struct strs *files);

#endif
