/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shape of history in memory: which commit has which parents, for every
 * commit that some tips reach, as git sees it: grafts, replace refs and shallow
 * ends included. Commits are numbers.
 *
 * It is read from git's commit-graph where there is one. Commits that are newer
 * than that file are read one by one. Where many are, a graph of our own is
 * written into <common_dir>/retro/objects, by git or from a log that is read
 * anyway; it is disposable and never touches the repository's.
 */
#ifndef GIT_GRAPH_H
#define GIT_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "git/oid.h"
#include "git/repo.h"

struct commit_graph_writer;
struct graph;

#define GRAPH_NONE UINT32_MAX

/* Reads what `tips` reach. The caller closes it. */
MUST_USE struct err *graph_open(struct graph **out, struct repo *repo,
				const struct oids *tips);
void graph_close(struct graph *graph); /* NULL is allowed */

/* Whether it would be good to have the commits of all of history in a file:
 * there is none, the repository's or ours, and it may be written. */
bool graph_is_wanted(struct repo *repo);
/* Writes it, if its commits are many and have all that they come from. Failing
 * is no error. */
void graph_keep(const struct repo *repo,
		const struct commit_graph_writer *writer);

/* Numbers go from 0 to the count, parents before children; some of them may be
 * reached by no tip. */
uint32_t graph_count(const struct graph *graph);
/* GRAPH_NONE if it is not there. */
uint32_t graph_find(const struct graph *graph, const struct oid *id);
/* The only commit whose id begins with these hex digits; GRAPH_NONE if there
 * is none, or several. */
uint32_t graph_find_prefix(const struct graph *graph, const char *hex);
struct oid graph_id(const struct graph *graph, uint32_t commit);
/* Its tree, if it is known without reading the commit. */
bool graph_tree(struct oid *out, const struct graph *graph, uint32_t commit);

/* The numbers in the order of the ids, as far as commits lie in one file of
 * git's graph: the `i`th from 0 to the count. */
uint32_t graph_by_id(const struct graph *graph, uint32_t i);

/* The numbers of its parents, *nr of them. Borrowed. */
const uint32_t *graph_parents(size_t *nr, const struct graph *graph,
			      uint32_t commit);
bool graph_is_merge(const struct graph *graph, uint32_t commit);
/* Whether it has parents that are not here: a shallow end, an object that is
 * missing, or one from which a graft or a replacement took them. */
bool graph_is_cut(const struct graph *graph, uint32_t commit);

#endif
