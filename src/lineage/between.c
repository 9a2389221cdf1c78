/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What lines changed since they forked from the commits that are asked about.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sorted.h"
#include "lineage/batch.h"

/* --- candidates --------------------------------------------------------- */

static bool is_between(const struct batch *batch, uint32_t commit)
{
	const uint64_t *row =
		batch->between.bits + (size_t)commit * batch->between.words;
	uint64_t any = 0;

	for (size_t i = 0; i < batch->between.words; i++)
		any |= row[i];
	return any != 0;
}

static int compare_candidate_ids(const void *a, const void *b)
{
	const struct candidate *one = a, *two = b;

	return memcmp(one->id.raw, two->id.raw, OID_RAW);
}

static bool candidates_sorted(const struct candidates *candidates)
{
	for (size_t i = 1; i < candidates->nr; i++)
		if (compare_candidate_ids(&candidates->at[i - 1],
					  &candidates->at[i]) > 0)
			return false;
	return true;
}

/* By id. The columns' own commits are among them, to be read with the others:
 * they do not lie between. */
static void list_candidates(struct batch *batch)
{
	const struct graph *graph = batch->tracer->graph;
	struct candidates *out = &batch->candidates;
	uint32_t count = graph_count(graph);
	bool *own = mem_calloc(count + (size_t)1, sizeof(*own));
	size_t nr = 0;

	for (size_t i = 0; i < batch->columns.nr; i++)
		if (batch->columns.at[i].here &&
		    batch->columns.at[i].commit != GRAPH_NONE)
			own[batch->columns.at[i].commit] = true;
	for (uint32_t i = 0; i < count; i++) {
		own[i] = (own[i] || is_between(batch, i)) &&
			 !graph_is_cut(graph, i);
		nr += own[i];
	}
	out->at = arena_alloc(&batch->scratch, (nr + 1) * sizeof(*out->at));
	for (uint32_t i = 0; i < count; i++) {
		uint32_t commit = graph_by_id(graph, i);

		if (own[commit])
			out->at[out->nr++] = (struct candidate){
				.commit = commit, .id = graph_id(graph, commit)
			};
	}
	if (out->nr && !candidates_sorted(out))
		qsort(out->at, out->nr, sizeof(*out->at),
		      compare_candidate_ids);
	free(own);
}

static struct err *load_candidates(struct batch *batch)
{
	struct arena *a = &batch->scratch;
	struct candidates *candidates = &batch->candidates;
	size_t nr = candidates->nr;
	struct oids ids = { arena_alloc(a, (nr + 1) * OID_RAW), nr, nr };
	struct changed_paths *touches =
		arena_alloc(a, (nr + 1) * sizeof(*touches));
	struct err *e;

	for (size_t i = 0; i < nr; i++)
		ids.at[i] = candidates->at[i].id;
	e = changed_paths_load(touches, a, batch->tracer->repo, &ids,
			       batch->tracer->graph);
	for (size_t i = 0; !e && i < candidates->nr; i++)
		candidates->at[i].touch = touches[i];
	return e;
}

/* --- the files of the columns ------------------------------------------- */

static bool is_merge_column(const struct batch *batch,
			    const struct column *column)
{
	return column->commit != GRAPH_NONE &&
	       graph_is_merge(batch->tracer->graph, column->commit);
}

/* Whether its files are asked for by name: those of a fix that nobody reverted,
 * and that is no revert, are known as a candidate's. */
static bool needs_files(const struct batch *batch, const struct column *column)
{
	return column->here && (column->cause || column->change.depth ||
				!oid_is_zero(&column->undone) ||
				is_merge_column(batch, column));
}

static struct oid first_parent(const struct graph *graph, uint32_t commit)
{
	size_t nr;

	return graph_id(graph, *graph_parents(&nr, graph, commit));
}

/* Of a merge, all that it brought. */
static struct err *load_files(struct batch *batch)
{
	struct tracer *tracer = batch->tracer;
	size_t nr = batch->columns.nr, at = 0;
	struct oid *parents = arena_alloc(&batch->scratch, (nr + 1) * OID_RAW);
	struct changed_files *files =
		arena_alloc(&batch->scratch, (nr + 1) * sizeof(*files));
	struct oids ids = { 0 };
	struct err *e;

	for (size_t i = 0; i < nr; i++) {
		const struct column *column = &batch->columns.at[i];

		if (!needs_files(batch, column))
			continue;
		if (is_merge_column(batch, column))
			parents[ids.nr] =
				first_parent(tracer->graph, column->commit);
		vec_push(&batch->scratch, &ids, column->id);
	}
	e = changed_paths_files(files, &batch->scratch, tracer->repo, &ids,
				parents);
	for (size_t i = 0; !e && i < nr; i++) {
		struct column *column = &batch->columns.at[i];

		if (!needs_files(batch, column))
			continue;
		column->files = files[at++];
		column->touch =
			changed_paths_of(&batch->scratch, &column->files);
	}
	return e;
}

static void set_fixes(struct batch *batch)
{
	const struct candidates *candidates = &batch->candidates;

	for (size_t i = 0; i < batch->columns.nr; i++) {
		struct column *column = &batch->columns.at[i];
		struct candidate key = { .id = column->id }, *found;

		if (!column->here || needs_files(batch, column))
			continue;
		found = bsearch(&key, candidates->at, candidates->nr,
				sizeof(key), compare_candidate_ids);
		if (found)
			column->touch = found->touch;
	}
}

/* --- which lines touched them ------------------------------------------- */

/* A path of a column's change. */
struct path_column {
	uint32_t path, column;
};
struct path_columns VEC_OF(struct path_column);

static int compare_path_columns(const void *a, const void *b)
{
	const struct path_column *one = a, *two = b;

	if (one->path != two->path)
		return one->path < two->path ? -1 : 1;
	return one->column < two->column ? -1 : one->column > two->column;
}

/* The causes' paths; those that touched more than is known are in `many`. */
static void index_paths(struct path_columns *out, struct numbers *many,
			struct batch *batch)
{
	struct arena *a = &batch->scratch;

	for (uint32_t i = 0; i < batch->columns.nr; i++) {
		const struct column *column = &batch->columns.at[i];

		if (!column->cause)
			continue;
		if (column->touch.many)
			vec_push(a, many, i);
		for (uint32_t j = 0; j < column->touch.nr; j++)
			vec_push(a, out,
				 (struct path_column){ column->touch.paths[j],
						       i });
	}
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), compare_path_columns);
}

static void touch_column(struct sought_list *out, struct batch *batch,
			 const struct candidate *candidate, uint32_t column)
{
	if (reach_has(&batch->between, candidate->commit, column))
		vec_push(&batch->scratch, out,
			 (struct sought){ candidate->commit, column });
}

static int by_changed_path(const void *path, const void *column)
{
	uint32_t one = *(const uint32_t *)path;
	uint32_t two = ((const struct path_column *)column)->path;

	return one < two ? -1 : one > two;
}

/* The columns of which a candidate touched this path; from both sides only a
 * commit that lies between counts. */
static void touch_path(struct sought_list *out, struct batch *batch,
		       const struct path_columns *index,
		       const struct candidate *candidate, uint32_t path)
{
	size_t low = sorted_first(&path, index->at, index->nr,
				  sizeof(*index->at), by_changed_path);

	for (; low < index->nr && index->at[low].path == path; low++)
		touch_column(out, batch, candidate, index->at[low].column);
}

/* What touched more than is known may have touched anything. */
static void touch_many(struct sought_list *out, struct batch *batch,
		       const struct candidate *candidate,
		       const struct numbers *many)
{
	for (uint32_t i = 0; candidate->touch.many && i < batch->columns.nr;
	     i++)
		if (batch->columns.at[i].cause)
			touch_column(out, batch, candidate, i);
	for (size_t i = 0; i < many->nr; i++)
		touch_column(out, batch, candidate, many->at[i]);
}

static void find_touched_files(struct batch *batch)
{
	struct tracer *tracer = batch->tracer;
	struct path_columns index = { 0 };
	struct sought_list sought = { 0 };
	struct numbers many = { 0 };

	index_paths(&index, &many, batch);
	if (!index.nr && !many.nr)
		return; /* nobody will ask */
	for (size_t i = 0; i < batch->candidates.nr; i++) {
		const struct candidate *candidate = &batch->candidates.at[i];

		for (uint32_t j = 0; j < candidate->touch.nr; j++)
			touch_path(&sought, batch, &index, candidate,
				   candidate->touch.paths[j]);
		touch_many(&sought, batch, candidate, &many);
	}
	reach_fill(&batch->touched, &batch->scratch, tracer->graph,
		   batch_lines(batch), sought.at, sought.nr, batch->columns.nr);
}

/* Where trees are missing: what lies between and may have touched anything. */
static void find_untold_files(struct batch *batch)
{
	struct tracer *tracer = batch->tracer;
	struct sought_list sought = { 0 };

	for (size_t i = 0; i < batch->candidates.nr; i++)
		for (uint32_t j = 0; j < batch->columns.nr; j++)
			if (batch->candidates.at[i].touch.unknown ||
			    batch->columns.at[j].touch.unknown)
				touch_column(&sought, batch,
					     &batch->candidates.at[i], j);
	if (sought.nr)
		reach_fill(&batch->untold_files, &batch->scratch, tracer->graph,
			   batch_lines(batch), sought.at, sought.nr,
			   batch->columns.nr);
}

static bool any_unknown(const struct batch *batch)
{
	for (size_t i = 0; i < batch->candidates.nr; i++)
		if (batch->candidates.at[i].touch.unknown)
			return true;
	for (size_t i = 0; i < batch->columns.nr; i++)
		if (batch->columns.at[i].touch.unknown)
			return true;
	return false;
}

struct err *between_find(struct batch *batch)
{
	struct err *e;

	list_candidates(batch);
	e = load_files(batch);
	if (!e)
		e = load_candidates(batch);
	if (e)
		return e;
	set_fixes(batch);
	find_touched_files(batch);
	if (any_unknown(batch))
		find_untold_files(batch);
	return NULL;
}
