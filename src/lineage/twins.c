/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commits of the same patch, where no message says so. They lie between a line
 * and what is asked about; or, where that was reverted, behind the revert: the
 * same patch lands it again. Where what is asked about is the revert, that takes
 * it back.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sorted.h"
#include "git/line_sums.h"
#include "git/patch_id.h"
#include "git/walk.h"
#include "lineage/batch.h"

/* A candidate and a column that touched the same files. */
struct pair {
	struct oid candidate;
	uint32_t commit, column;
	bool undone; /* held to what the column takes back, and behind it */
};
struct pairs VEC_OF(struct pair);

/* --- pairs -------------------------------------------------------------- */

static int compare_files(const struct changed_paths *one,
			 const struct changed_paths *two)
{
	if (one->nr != two->nr)
		return one->nr < two->nr ? -1 : 1;
	return memcmp(one->paths, two->paths, one->nr * sizeof(*one->paths));
}

static int compare_column_files(const void *a, const void *b)
{
	return compare_files(&(*(const struct column *const *)a)->touch,
			     &(*(const struct column *const *)b)->touch);
}

/* The columns that have a patch to look for, sorted by their files. */
static size_t sort_columns(const struct column **out, const struct batch *batch)
{
	size_t nr = 0;

	for (size_t i = 0; i < batch->columns.nr; i++) {
		const struct column *column = &batch->columns.at[i];

		if (column->here && column->touch.nr)
			out[nr++] = column;
	}
	qsort(out, nr, sizeof(*out), compare_column_files);
	return nr;
}

static int by_touched(const void *touch, const void *column)
{
	return compare_files(touch,
			     &(*(const struct column *const *)column)->touch);
}

/* Where the columns that touched these files begin. */
static size_t find_column(const struct column *const *sorted, size_t nr,
			  const struct changed_paths *touch)
{
	return sorted_first(touch, sorted, nr, sizeof(*sorted), by_touched);
}

static void pair_between(struct pairs *out, struct batch *batch)
{
	struct arena *a = &batch->scratch;
	const struct column **sorted =
		arena_alloc(a, (batch->columns.nr + 1) * sizeof(*sorted));
	size_t nr = sort_columns(sorted, batch);

	for (uint32_t i = 0; i < batch->candidates.nr; i++) {
		const struct candidate *candidate = &batch->candidates.at[i];

		if (graph_is_merge(batch->tracer->graph, candidate->commit))
			continue;
		for (size_t at = find_column(sorted, nr, &candidate->touch);
		     at < nr && changed_paths_are_same(&sorted[at]->touch,
						       &candidate->touch);
		     at++) {
			uint32_t column =
				(uint32_t)(sorted[at] - batch->columns.at);

			if (reach_has(&batch->between, candidate->commit,
				      column))
				vec_push(a, out,
					 (struct pair){ candidate->id,
							candidate->commit,
							column, false });
		}
	}
}

/* A merge that brought one commit makes what that makes, as a rule. */
static void pair_brought(struct pairs *out, struct batch *batch)
{
	const struct graph *graph = batch->tracer->graph;

	for (uint32_t i = 0; i < batch->columns.nr; i++) {
		const struct column *column = &batch->columns.at[i];
		const uint32_t *parents = NULL, *grand;
		size_t nr = 0, grands;

		if (column->here && column->commit != GRAPH_NONE)
			parents = graph_parents(&nr, graph, column->commit);
		if (nr != 2 || graph_is_cut(graph, parents[1]))
			continue;
		grand = graph_parents(&grands, graph, parents[1]);
		if (grands == 1 && reach_one(graph, parents[0], grand[0]))
			vec_push(&batch->scratch, out,
				 (struct pair){ graph_id(graph, parents[1]),
						parents[1], i, false });
	}
}

/* --- behind a revert ---------------------------------------------------- */

/* Columns that were reverted or are reverts, and the day before the first of
 * those reverts. */
struct reverted {
	struct numbers columns;
	struct strs paths;
	int64_t since; /* seconds; 0: not known */
};

#define DAY_SECONDS 86400

static void note_revert(struct reverted *reverted, struct batch *batch,
			const struct oid *revert, bool *known)
{
	struct sayings said = { 0 };

	relations_said(&said, batch->tracer->relations, revert, LEDGER_REVERT,
		       LEDGER_REVERT);
	if (!said.nr) {
		*known = false;
		return;
	}
	if (!reverted->since || said.at[0]->committed.seconds < reverted->since)
		reverted->since = said.at[0]->committed.seconds;
}

/* Whether a line has a revert of the column's change. */
static bool was_twin_reverted(const struct column *column)
{
	for (size_t i = 0; i < column->change.members.nr; i++)
		if (column->change.members.at[i].depth == 1 &&
		    column->change.members.at[i].commit != GRAPH_NONE)
			return column->here && column->files.nr;
	return false;
}

static bool is_revert(const struct column *column)
{
	return column->here && column->files.nr &&
	       !oid_is_zero(&column->undone);
}

static void find_reverted(struct reverted *out, struct batch *batch)
{
	bool known = true;

	for (uint32_t i = 0; i < batch->columns.nr; i++) {
		const struct column *column = &batch->columns.at[i];

		if (!was_twin_reverted(column) && !is_revert(column))
			continue;
		vec_push(&batch->scratch, &out->columns, i);
		for (size_t j = 0; j < column->files.nr; j++)
			vec_push(&batch->scratch, &out->paths,
				 column->files.at[j].path);
		for (size_t j = 0; j < column->change.members.nr; j++)
			if (column->change.members.at[j].depth == 1)
				note_revert(out, batch,
					    &column->change.members.at[j].id,
					    &known);
		if (is_revert(column))
			note_revert(out, batch, &column->id, &known);
	}
	out->since = known && out->since > DAY_SECONDS
			     ? out->since - DAY_SECONDS
			     : 0;
}

/* What touched the paths since, on any line, with the files of each. */
static struct err *list_late(struct oids *out, struct changed_paths **touches,
			     struct batch *batch,
			     const struct reverted *reverted)
{
	struct tracer *tracer = batch->tracer;
	struct oids tips = { 0 };
	struct err *e;

	for (size_t i = 0; i < tracer->lines->nr; i++)
		vec_push(&batch->scratch, &tips, tracer->lines->at[i].commit);
	e = walk_touching(out, &batch->scratch, tracer->repo, &tips,
			  reverted->since, &reverted->paths);
	*touches =
		arena_alloc(&batch->scratch, (out->nr + 1) * sizeof(**touches));
	return e ? e
		 : changed_paths_load(*touches, &batch->scratch, tracer->repo,
				      out, tracer->graph);
}

/* A commit that touched the files of a column. */
static void pair_one(struct pairs *out, struct batch *batch,
		     const struct oid *id, uint32_t commit, uint32_t at)
{
	const struct column *column = &batch->columns.at[at];
	struct pair pair = { *id, commit, at, false };

	if (was_twin_reverted(column))
		vec_push(&batch->scratch, out, pair);
	pair.undone = true;
	if (is_revert(column) &&
	    reach_one(batch->tracer->graph, commit, column->commit))
		vec_push(&batch->scratch, out, pair);
}

static struct err *pair_late(struct pairs *out, struct batch *batch)
{
	struct reverted reverted = { 0 };
	struct changed_paths *touches;
	struct oids late = { 0 };
	struct err *e;

	find_reverted(&reverted, batch);
	if (!reverted.columns.nr)
		return NULL;
	e = list_late(&late, &touches, batch, &reverted);
	for (size_t i = 0; !e && i < late.nr; i++) {
		uint32_t commit = graph_find(batch->tracer->graph, &late.at[i]);

		for (size_t j = 0; j < reverted.columns.nr; j++) {
			uint32_t at = reverted.columns.at[j];
			const struct column *column = &batch->columns.at[at];

			if (commit != GRAPH_NONE && commit != column->commit &&
			    changed_paths_are_same(&column->touch, &touches[i]))
				pair_one(out, batch, &late.at[i], commit, at);
		}
	}
	return e;
}

/* --- patches ------------------------------------------------------------ */

/* The patch ids of the columns; of merges against their first parents. */
static struct err *column_patches(struct oid *out, bool *known,
				  struct batch *batch)
{
	struct arena *a = &batch->scratch;
	struct tracer *tracer = batch->tracer;
	size_t nr = batch->columns.nr;
	struct oids ids = { 0 };
	struct numbers at = { 0 };
	struct oid *found = arena_alloc(a, (nr + 1) * sizeof(*found));
	bool *told = arena_alloc(a, nr + 1);
	struct err *e = NULL;

	for (uint32_t i = 0; !e && i < nr; i++) {
		const struct column *column = &batch->columns.at[i];
		struct range range = { .to = column->id };
		const uint32_t *parents = NULL;
		struct oid from;
		size_t count = 0;

		/* What touched no file has no patch, and that is known. */
		known[i] = column->here && !column->touch.nr &&
			   !column->touch.many && !column->touch.unknown;
		if (!column->here || !column->touch.nr)
			continue;
		if (column->commit != GRAPH_NONE)
			parents = graph_parents(&count, tracer->graph,
						column->commit);
		if (count < 2) {
			vec_push(a, &ids, column->id);
			vec_push(a, &at, i);
			continue;
		}
		from = graph_id(tracer->graph, parents[0]);
		range.from = &from;
		e = patch_ids_between(&out[i], tracer->repo, &range, 1);
		known[i] = !e;
		if (e && e->code == ERR_MISSING) {
			err_free(e);
			e = NULL;
		}
	}
	if (!e)
		e = patch_ids_here(found, told, tracer->repo, &ids);
	for (size_t i = 0; !e && i < ids.nr; i++) {
		out[at.at[i]] = found[i];
		known[at.at[i]] = told[i];
	}
	return e;
}

/* Of the columns and, behind them, of what each takes back. */
struct patches {
	struct oid *own;
	bool *known;
};

static size_t patch_place(const struct batch *batch, const struct pair *pair)
{
	return pair->column + (pair->undone ? batch->columns.nr : 0);
}

/* The patch ids of what reverts take back. */
static struct err *undone_patches(struct patches *out, struct batch *batch,
				  const struct pairs *pairs)
{
	struct arena *a = &batch->scratch;
	struct oids ids = { 0 };
	struct numbers at = { 0 };
	struct oid *found;
	bool *told;
	struct err *e;

	for (size_t i = 0; i < pairs->nr; i++) {
		const struct pair *pair = &pairs->at[i];

		if (!pair->undone)
			continue;
		vec_push(a, &ids, batch->columns.at[pair->column].undone);
		vec_push(a, &at, (uint32_t)patch_place(batch, pair));
	}
	if (!ids.nr)
		return NULL;
	found = arena_alloc(a, ids.nr * sizeof(*found));
	told = arena_alloc(a, ids.nr);
	e = patch_ids_here(found, told, batch->tracer->repo, &ids);
	for (size_t i = 0; !e && i < ids.nr; i++) {
		out->own[at.at[i]] = found[i];
		out->known[at.at[i]] = told[i];
	}
	return e;
}

/* The commit that a pair's candidate is held to; GRAPH_NONE: of a merge that is
 * told by its parent. */
static uint32_t held_to(const struct batch *batch, const struct pair *pair)
{
	const struct graph *graph = batch->tracer->graph;
	const struct column *column = &batch->columns.at[pair->column];
	uint32_t commit = pair->undone ? graph_find(graph, &column->undone)
				       : column->commit;

	return commit == GRAPH_NONE || graph_is_merge(graph, commit)
		       ? GRAPH_NONE
		       : commit;
}

/* Leaves the pairs that may be of one patch. */
static void drop_unlike(struct pairs *pairs, struct batch *batch)
{
	struct arena *a = &batch->scratch;
	struct VEC_OF(struct sum_pair) sums = { 0 };
	struct numbers places = { 0 };
	bool *differ = arena_alloc(a, pairs->nr + 1);
	size_t left = 0;

	for (uint32_t i = 0; i < pairs->nr; i++) {
		uint32_t one = held_to(batch, &pairs->at[i]);

		if (one == GRAPH_NONE)
			continue;
		vec_push(a, &places, i);
		vec_push(a, &sums,
			 (struct sum_pair){ one, pairs->at[i].commit, false });
	}
	line_sums_compare(sums.at, sums.nr, batch->tracer->repo,
			  batch->tracer->graph);
	for (size_t i = 0; i < sums.nr; i++)
		differ[places.at[i]] = sums.at[i].differ;
	for (size_t i = 0; i < pairs->nr; i++)
		if (!differ[i])
			pairs->at[left++] = pairs->at[i];
	pairs->nr = left;
}

static void settle_pair(struct batch *batch, const struct pair *pair)
{
	struct same_change *change = &batch->columns.at[pair->column].change;
	struct relations *relations = batch->tracer->relations;

	if (pair->undone)
		same_change_add_entry(
			change, relations,
			&(struct merge_entry){ .commit = pair->candidate,
					       .reverts = true },
			0);
	else
		same_change_add(change, relations, &pair->candidate,
				VIA_PATCH_ID);
}

static void settle_pairs(struct batch *batch, const struct pairs *pairs,
			 const struct oid *patches, const bool *told,
			 const struct patches *columns)
{
	struct sought_list untold = { 0 };

	for (size_t i = 0; i < pairs->nr; i++) {
		const struct pair *pair = &pairs->at[i];
		size_t at = patch_place(batch, pair);

		if (!told[i] || !columns->known[at])
			vec_push(&batch->scratch, &untold,
				 (struct sought){ pair->commit, pair->column });
		else if (!oid_is_zero(&patches[i]) &&
			 oid_equal(&patches[i], &columns->own[at]))
			settle_pair(batch, pair);
	}
	if (untold.nr)
		reach_fill(&batch->untold_patches, &batch->scratch,
			   batch->tracer->graph, batch_lines(batch), untold.at,
			   untold.nr, batch->columns.nr);
}

struct err *twins_find(struct batch *batch)
{
	struct arena *a = &batch->scratch;
	size_t nr = 2 * batch->columns.nr + 1;
	struct patches columns = { arena_alloc(a, nr * sizeof(*columns.own)),
				   arena_alloc(a, nr) };
	struct pairs pairs = { 0 };
	struct oids ids = { 0 };
	struct oid *patches;
	bool *told;
	struct err *e;

	pair_between(&pairs, batch);
	pair_brought(&pairs, batch);
	e = pair_late(&pairs, batch);
	if (!e)
		drop_unlike(&pairs, batch);
	if (e || !pairs.nr)
		return e;
	for (size_t i = 0; i < pairs.nr; i++)
		vec_push(a, &ids, pairs.at[i].candidate);
	patches = arena_alloc(a, (ids.nr + 1) * sizeof(*patches));
	told = arena_alloc(a, ids.nr + 1);
	e = column_patches(columns.own, columns.known, batch);
	if (!e)
		e = undone_patches(&columns, batch, &pairs);
	if (!e)
		e = patch_ids_here(patches, told, batch->tracer->repo, &ids);
	if (!e)
		settle_pairs(batch, &pairs, patches, told, &columns);
	return e;
}
