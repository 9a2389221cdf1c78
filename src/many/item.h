/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What another process printed as JSON, as the views take it: only what they
 * show. Texts are borrowed from the JSON. A retro's id is
 * `<repository>:<id>`.
 */
#ifndef MANY_ITEM_H
#define MANY_ITEM_H

#include "corpus/actions.h"
#include "report/pitfalls.h"
#include "search/search.h"
#include "view/object.h"

/* A retro of a list, and what it was read from. */
struct many_item {
	struct retro retro; /* first: a pointer to it is one to the item */
	json_t *json;
};

struct retro *many_retro(struct arena *a, json_t *json);
struct result many_result(struct arena *a, json_t *json);
struct listed_pitfall many_pitfall(struct arena *a, json_t *json);
struct listed_action many_action(struct arena *a, json_t *json);

#endif
