/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * YAML as a tree, each value with the bytes it stands on. The one door to
 * libyaml. Scalars are text: nothing is turned into a number or a date, so
 * `1.10` stays `1.10`.
 *
 * libyaml's own marks are unusable as they are (the index counts characters
 * and leaves out the BOM, U+0085 and U+2028 count as lines), so positions come
 * from tables of our own: `pos.byte` is the offset in the file's bytes.
 */
#ifndef MODEL_NODE_H
#define MODEL_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/diag.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct pair;

struct node {
	enum node_kind kind;
	const char *text; /* a scalar's value, NUL-terminated; else NULL */
	bool plain;       /* a scalar without quotes and not a block */
	bool cut;         /* of JSON: a text that goes on behind a NUL */
	bool flow;        /* a list or map in [] or {} */
	struct pos start; /* its first byte */
	struct pos end;   /* just behind its last byte; for a block collection,
			   * behind its last leaf */
	struct node *const *items; /* of a list */
	const struct pair *pairs;  /* of a map, in the file's order */
	size_t nr;                 /* of items or pairs */
};

struct pair {
	const struct node *key;
	const struct node *value;
};

/* Bounds that a document of ours never reaches; beyond them the block gets
 * one diagnostic. An alias counts as many nodes as what it stands for. */
#define NODE_MAX_DEPTH 32
#define NODE_MAX_NODES 10000
/* The same for files that other programs write, such as lock files. */
#define NODE_MAX_FOREIGN 2000000

/* Reads one YAML document from bytes[start, end) of a file. NULL if it is
 * empty, or if it is broken: then `diags` has one problem with its place
 * (rules yaml, yaml-limit). A duplicate key is reported (rule duplicate-key)
 * and the first one kept; an alias is the node it names, at the place of the
 * alias. A key is always a scalar. */
const struct node *node_parse(struct arena *a, struct diags *diags,
			      const char *path, const char *bytes, size_t start,
			      size_t end);

/* The same of a whole file that another program wrote: larger, and what is
 * wrong with it is an error (ERR_UNSUPPORTED), in one line with its place. The
 * first of several documents is read alone. NULL in `out` if it is empty. */
MUST_USE struct err *node_yaml(const struct node **out, struct arena *a,
			       const char *bytes, size_t n);

/* The value of a key of a map; NULL if there is none, or no map. */
const struct node *node_get(const struct node *map, const char *key);

/* libyaml's version. */
const char *node_version(void);

/* Whether the scalar is empty, `~` or `null` written plain. */
bool node_is_null(const struct node *node);

/* Whether both mean the same: kinds, texts, order of keys. How they are
 * written does not count, but for the difference of "null" and null. */
bool node_is_same(const struct node *a, const struct node *b);

#endif
