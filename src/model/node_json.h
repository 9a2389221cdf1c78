/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * JSON as a tree of nodes (node.h). A number stays the text that it was
 * written as (`plain`), and so do NaN, Infinity and -Infinity, which JSON does
 * not have and many programs write.
 */
#ifndef MODEL_NODE_JSON_H
#define MODEL_NODE_JSON_H

#include "base/err.h"
#include "model/node.h"

/* Reads one JSON value. ERR_UNSUPPORTED with the line and what is wrong, in
 * one line, if it is not valid or has too many values. The nodes lie in the
 * arena and have no place in the file (start, end). */
MUST_USE struct err *node_json(const struct node **out, struct arena *a,
			       const char *bytes, size_t n);

/* The same, where a text may have a NUL in it: it ends there, and its node is
 * `cut`. */
MUST_USE struct err *node_json_cut(const struct node **out, struct arena *a,
				   const char *bytes, size_t n);

/* Whether a text in it, at whatever depth, is cut. */
bool node_is_cut(const struct node *node);

#endif
