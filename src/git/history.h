/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shape of history in memory: which commit has which parents, for every
 * commit that some tips reach, as git sees it: grafts, replace refs and shallow
 * ends included. Commits are numbers.
 *
 * It is read from git's commit-graph where there is one. Commits that are newer
 * than that file are read one by one. Where many are, we have git write a graph
 * of our own into <common_dir>/retro/objects, which is disposable and never
 * touches the repository's.
 */
#ifndef GIT_HISTORY_H
#define GIT_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "git/oid.h"
#include "git/repo.h"

struct history;

#define HISTORY_NONE UINT32_MAX

/* Reads what `tips` reach. The caller closes it. */
MUST_USE struct err *history_open(struct history **out, struct repo *repo,
				  const struct oids *tips);
void history_close(struct history *history); /* NULL is allowed */

/* Numbers go from 0 to the count, parents before children; some of them may be
 * reached by no tip. */
uint32_t history_count(const struct history *history);
/* HISTORY_NONE if it is not there. */
uint32_t history_find(const struct history *history, const struct oid *id);
/* The only commit whose id begins with these hex digits; HISTORY_NONE if there
 * is none, or several. */
uint32_t history_find_prefix(const struct history *history, const char *hex);
struct oid history_id(const struct history *history, uint32_t commit);

/* The numbers in the order of the ids, as far as commits lie in one file of
 * git's graph: the `i`th from 0 to the count. */
uint32_t history_by_id(const struct history *history, uint32_t i);

/* The numbers of its parents, *nr of them. Borrowed. */
const uint32_t *history_parents(size_t *nr, const struct history *history,
				uint32_t commit);
bool history_is_merge(const struct history *history, uint32_t commit);
/* Whether it has parents that are not here: a shallow end, an object that is
 * missing, or one from which a graft or a replacement took them. */
bool history_is_cut(const struct history *history, uint32_t commit);

#endif
