/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the text of a YAML map must be cut so that one value in it changes:
 * nodes in, splices out. Comments stay, a list keeps its style (flow or
 * block) and a flow list with an entry a line keeps that, too. Nothing here
 * reads the result again; edit.c does.
 *
 * Each function gives NULL, or why it does not dare, as the end of a sentence.
 * `in_flow` says that the map around the pair is written in {}.
 */
#ifndef MODEL_SURGERY_H
#define MODEL_SURGERY_H

#include "base/vec.h"
#include "model/node.h"
#include "model/splice.h"

/* Writes `text`, a YAML scalar on one line, in place of a scalar; "" leaves
 * the key without a value. */
const char *surgery_set(struct cutter *c, const struct pair *pair, bool in_flow,
			const char *text);

/* Adds `text` at the end of a list; an empty value becomes a list of one, a
 * scalar a list of two. The value is not a map. */
const char *surgery_add(struct cutter *c, const struct pair *pair,
			const char *text);

/* Takes an item out of a list, and the comma or the line with it; the last one
 * leaves []. A scalar is a list of one. */
const char *surgery_remove(struct cutter *c, const struct pair *pair,
			   size_t item);

/* The same of an item that is a map, with all of its lines and their comments.
 */
const char *surgery_remove_map(struct cutter *c, const struct pair *pair,
			       size_t item);

/* Writes `text` in place of an item, whose comment stays; a scalar is a list of
 * one. */
const char *surgery_replace(struct cutter *c, const struct pair *pair,
			    size_t item, const char *text);

/* Writes a new pair `text` ("key: value") behind the pair `before`, or in front
 * of all others if that is NULL. `parent` is the pair whose value the map is;
 * NULL for the map of all, whose text starts at `top`. */
const char *surgery_pair(struct cutter *c, const struct node *map,
			 const struct pair *parent, const struct pair *before,
			 size_t top, const char *text);

/* The same in a map that is an item of a list. */
const char *surgery_item_pair(struct cutter *c, const struct node *map,
			      const struct pair *before, const char *text);

/* Adds a map of `lines` ("key: value" each) at the end of a list. A map or a
 * scalar becomes the first item of one. */
const char *surgery_problem(struct cutter *c, const struct pair *pair,
			    bool in_flow, const struct strs *lines);

/* Gives a pair without a value a map of one pair `text`. */
const char *surgery_map(struct cutter *c, const struct pair *pair, bool in_flow,
			const char *text);

#endif
