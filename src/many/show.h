/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Merged answers as text, by the views of a single repository where they fit.
 */
#ifndef MANY_SHOW_H
#define MANY_SHOW_H

#include "many/many.h"
#include "view/object.h"

/* Each takes the merged JSON, puts its list in order, and prints it in the
 * format asked for, but for JSON and NDJSON. */
typedef void many_show_fn(struct many *many, json_t *json);
many_show_fn many_show_list, many_show_search, many_show_pitfalls,
	many_show_actions, many_show_audit, many_show_status;

#endif
