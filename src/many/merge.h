/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Answers in JSON put together: lists one behind the other, each object in them
 * with "repo" in front, numbers added up, and of all else the first.
 */
#ifndef MANY_MERGE_H
#define MANY_MERGE_H

#include "many/ask.h"
#include "view/object.h"

/* An answer that is not JSON gets a failure. Those with one are left out. To be
 * freed by the caller. */
json_t *many_merge(struct many_answers *answers);

/* {"version":1,"repos":[...]}: each answer whole, with "repo" in front. */
json_t *many_side_by_side(struct many_answers *answers);

#endif
