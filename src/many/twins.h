/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Problems that one of many repositories knows, in the others
 * (report/foreign.h): each is asked for its own, then all for those of all.
 */
#ifndef MANY_TWINS_H
#define MANY_TWINS_H

#include "many/ask.h"
#include "many/show.h"

/* Sets the member "twins" of the merged answer to the list of findings, with
 * "repo" in front. Who cannot answer has a failure in one of `first` and
 * `second`, to be released by the caller. */
MUST_USE struct err *many_twins(json_t *json, struct many *many,
				const struct many_repos *repos,
				struct many_answers *first,
				struct many_answers *second);

#endif
