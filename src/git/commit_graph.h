/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git's commit-graph, read from its file or chain of files as
 * gitformat-commit-graph(5) has it: every commit of it is a number, its parents
 * are numbers too. Both versions of generation numbers have what is read here.
 * The file is untrusted: every offset and every number is checked, and a file
 * that is odd in any way is none.
 */
#ifndef GIT_COMMIT_GRAPH_H
#define GIT_COMMIT_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "git/oid.h"

struct commit_graph;

#define GRAPH_NONE UINT32_MAX

/* The graph of the object directory `objects`: info/commit-graph, or else the
 * chain in info/commit-graphs. NULL if there is none that can be read. */
struct commit_graph *commit_graph_open(const char *objects);
/* One that lies in memory, for tests: `bytes` are copied. */
struct commit_graph *commit_graph_parse(const void *bytes, size_t n);
void commit_graph_close(struct commit_graph *graph); /* NULL is allowed */

/* Commits are numbered from 0 to the count. */
uint32_t commit_graph_count(const struct commit_graph *graph);
/* GRAPH_NONE if it is not there. */
uint32_t commit_graph_find(const struct commit_graph *graph,
			   const struct oid *id);
/* The number of the first commit of layer `layer` whose id is not below `id`,
 * and how many that layer has from there on; false if there is no such layer.
 * For looking up abbreviations. */
bool commit_graph_search(uint32_t *first, uint32_t *nr,
			 const struct commit_graph *graph, size_t layer,
			 const struct oid *id);
struct oid commit_graph_id(const struct commit_graph *graph, uint32_t commit);
struct oid commit_graph_tree(const struct commit_graph *graph, uint32_t commit);

/* Its distance from the roots: greater than that of each of its parents. */
uint32_t commit_graph_level(const struct commit_graph *graph, uint32_t commit);

/* Its parents, *nr of them. Borrowed. */
const uint32_t *commit_graph_parents(size_t *nr,
				     const struct commit_graph *graph,
				     uint32_t commit);

#endif
