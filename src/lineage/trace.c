/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/trace.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "git/changed_paths.h"
#include "git/lookup.h"
#include "git/oidmap.h"
#include "git/patch_id.h"
#include "git/tree.h"

/* The table of what lies between has a row for each commit of history: so many
 * bytes of it at most, and so many questions at once. */
#define TABLE_MAX ((size_t)32 << 20)

/* How often what a merge adds to a change is looked for in merges again. */
#define ROUNDS_MAX 4

static const char *const state_names[] = {
	[TRACE_EXPOSED] = "exposed",
	[TRACE_SUSPECT] = "suspect",
	[TRACE_UNKNOWN] = "unknown",
	[TRACE_NO_CAUSE_FOUND] = "no-cause-found",
	[TRACE_UNAFFECTED] = "unaffected",
	[TRACE_FIXED] = "fixed",
};

static const char *const via_names[] = {
	[VIA_NONE] = NULL,
	[VIA_ANCESTOR] = "ancestor",
	[VIA_TRAILER] = "trailer",
	[VIA_PATCH_ID] = "patch-id",
	[VIA_CHANGE_ID] = "change-id",
	[VIA_AUTHOR] = "author",
	[VIA_REQUEST] = "pull-request",
};

const char *trace_state_name(enum trace_state state)
{
	return state_names[state];
}

const char *via_name(enum via via)
{
	return via_names[via];
}

/* What holds for all questions. */
struct tracer {
	struct arena *a;
	struct repo *repo;
	const struct release_lines *lines;
	struct graph *graph;
	struct relations *relations;
	struct ledger ledger;
	struct merge_entries merges;
	uint32_t *line_commits;
	bool *cut; /* of each line */
};

/* A commit that is asked about, once for each question that names it. */
struct column {
	struct oid id;
	uint32_t commit;
	bool here, cause; /* here: it is in the repository */
	struct same_change change;
	size_t held, among; /* where its family begins in these tables */
	struct changed_files files;
	struct changed_paths touch;
};

struct batch {
	struct tracer *tracer;
	struct VEC_OF(struct column) columns;
	struct reach reach;   /* lines, columns */
	struct reach between; /* commits, columns */
	struct reach below;   /* columns, lines */
	bool changes_known;   /* what commits touched can be told */
	bool patches_known;   /* and so can what they changed in it */
	struct reach touched; /* lines, columns: its files, since the fork */
	struct reach held;    /* lines, members of families */
	struct reach among;   /* members, members: where there are reverts */
};

static struct commit_set line_set(const struct tracer *tracer)
{
	return (struct commit_set){ tracer->line_commits, tracer->lines->nr };
}

/* --- columns ------------------------------------------------------------ */

static void add_reach_columns(struct batch *batch,
			      const struct question *question,
			      const struct oids *ids, bool cause)
{
	struct tracer *tracer = batch->tracer;

	for (size_t i = 0; i < ids->nr; i++) {
		struct column column = { .id = ids->at[i], .cause = cause };

		column.commit = graph_find(tracer->graph, &ids->at[i]);
		same_change_find(&column.change, tracer->a, tracer->relations,
				 &ids->at[i]);
		for (size_t j = 0; j < question->aliases.nr; j++)
			if (oid_equal(&question->aliases.at[j].of, &ids->at[i]))
				same_change_add(&column.change,
						tracer->relations,
						&question->aliases.at[j].id,
						VIA_TRAILER);
		vec_push(tracer->a, &batch->columns, column);
	}
}

/* One that is reached by a line is here; the others are asked for. */
static struct err *find_missing_objects(struct batch *batch)
{
	struct arena *a = batch->tracer->a;
	struct strs names = { 0 };
	char hex[OID_HEX + 1];
	int *known;
	struct err *e;

	for (size_t i = 0; i < batch->columns.nr; i++)
		vec_push(a, &names,
			 arena_strdup(a,
				      oid_hex(hex, &batch->columns.at[i].id)));
	known = arena_alloc(a, (names.nr + 1) * sizeof(*known));
	e = lookup_commits(known, batch->tracer->repo, &names);
	for (size_t i = 0; !e && i < names.nr; i++)
		batch->columns.at[i].here = known[i] == 1;
	return e;
}

static uint32_t *column_commits(const struct batch *batch)
{
	uint32_t *commits = arena_alloc(
		batch->tracer->a, (batch->columns.nr + 1) * sizeof(*commits));

	for (size_t i = 0; i < batch->columns.nr; i++)
		commits[i] = batch->columns.at[i].commit;
	return commits;
}

/* --- what was changed between ------------------------------------------- */

/* A commit that may be, on some line, what a column's commit is on others. */
struct candidate {
	uint32_t commit;
	struct oid id;
	struct changed_paths touch;
};
struct candidates VEC_OF(struct candidate);

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
static void list_candidates(struct candidates *out, const struct batch *batch)
{
	const struct graph *graph = batch->tracer->graph;
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
	out->at = arena_alloc(batch->tracer->a, (nr + 1) * sizeof(*out->at));
	for (uint32_t i = 0; i < count; i++) {
		uint32_t commit = graph_by_id(graph, i);

		if (own[commit])
			out->at[out->nr++] = (struct candidate){
				commit, graph_id(graph, commit), { 0 }
			};
	}
	if (out->nr && !candidates_sorted(out))
		qsort(out->at, out->nr, sizeof(*out->at),
		      compare_candidate_ids);
	free(own);
}

static struct oid first_parent(const struct graph *graph, uint32_t commit)
{
	size_t nr;

	return graph_id(graph, *graph_parents(&nr, graph, commit));
}

/* The files of the causes; of a merge, all that it brought. */
static struct err *load_causes(struct batch *batch)
{
	struct tracer *tracer = batch->tracer;
	size_t nr = batch->columns.nr, at = 0;
	struct oid *parents = arena_alloc(tracer->a, (nr + 1) * OID_RAW);
	struct changed_files *files =
		arena_alloc(tracer->a, (nr + 1) * sizeof(*files));
	struct oids ids = { 0 };
	struct err *e;

	for (size_t i = 0; i < nr; i++) {
		const struct column *column = &batch->columns.at[i];

		if (!column->here || !column->cause)
			continue;
		if (graph_is_merge(tracer->graph, column->commit))
			parents[ids.nr] =
				first_parent(tracer->graph, column->commit);
		vec_push(tracer->a, &ids, column->id);
	}
	e = changed_paths_files(files, tracer->a, tracer->repo, &ids, parents);
	for (size_t i = 0; i < nr; i++) {
		struct column *column = &batch->columns.at[i];

		if (!column->here || !column->cause)
			continue;
		column->files = files[at++];
		column->touch = changed_paths_of(tracer->a, &column->files);
	}
	return e;
}

static void set_fixes(struct batch *batch, const struct candidates *candidates)
{
	for (size_t i = 0; i < batch->columns.nr; i++) {
		struct column *column = &batch->columns.at[i];
		struct candidate key = { .id = column->id }, *found;

		if (!column->here || column->cause)
			continue;
		found = bsearch(&key, candidates->at, candidates->nr,
				sizeof(key), compare_candidate_ids);
		if (found)
			column->touch = found->touch;
	}
}

static struct err *load_candidates(struct batch *batch,
				   struct candidates *candidates)
{
	struct arena *a = batch->tracer->a;
	size_t nr = candidates->nr;
	struct oids ids = { arena_alloc(a, (nr + 1) * OID_RAW), nr, nr };
	struct changed_paths *touches =
		arena_alloc(a, (nr + 1) * sizeof(*touches));
	struct err *e;

	for (size_t i = 0; i < nr; i++)
		ids.at[i] = candidates->at[i].id;
	e = changed_paths_load(touches, a, batch->tracer->repo, &ids);
	for (size_t i = 0; !e && i < candidates->nr; i++)
		candidates->at[i].touch = touches[i];
	return e;
}

/* Where trees are missing that is no error, but then much is unknown. */
static void load_touches(struct batch *batch, struct candidates *candidates)
{
	struct err *e = load_causes(batch);

	if (!e)
		e = load_candidates(batch, candidates);
	if (!e)
		set_fixes(batch, candidates);
	batch->changes_known = !e;
	err_free(e);
}

struct numbers VEC_OF(uint32_t);

/* A path of a column's change. */
struct path_column {
	uint32_t path, column;
};
struct path_columns VEC_OF(struct path_column);

static int compare_candidate_paths(const void *a, const void *b)
{
	const struct path_column *one = a, *two = b;

	if (one->path != two->path)
		return one->path < two->path ? -1 : 1;
	return one->column < two->column ? -1 : one->column > two->column;
}

/* The causes' paths; those that touched more than is known are in `many`. */
static void index_paths(struct path_columns *out, struct numbers *many,
			const struct batch *batch)
{
	struct arena *a = batch->tracer->a;

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
		qsort(out->at, out->nr, sizeof(*out->at),
		      compare_candidate_paths);
}

struct soughts VEC_OF(struct sought);

static void touch_column(struct soughts *out, const struct batch *batch,
			 const struct candidate *candidate, uint32_t column)
{
	if (reach_has(&batch->between, candidate->commit, column))
		vec_push(batch->tracer->a, out,
			 (struct sought){ candidate->commit, column });
}

/* The columns of which a candidate touched this path; from both sides only a
 * commit that lies between counts. */
static void touch(struct soughts *out, const struct batch *batch,
		  const struct path_columns *index,
		  const struct candidate *candidate, uint32_t path)
{
	size_t low = 0, high = index->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->at[middle].path < path)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < index->nr && index->at[low].path == path; low++)
		touch_column(out, batch, candidate, index->at[low].column);
}

/* What touched more than is known may have touched anything. */
static void touch_many(struct soughts *out, const struct batch *batch,
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

static void find_touched_files(struct batch *batch,
			       const struct candidates *candidates)
{
	struct tracer *tracer = batch->tracer;
	struct path_columns index = { 0 };
	struct soughts soughts = { 0 };
	struct numbers many = { 0 };

	index_paths(&index, &many, batch);
	if (!index.nr && !many.nr)
		return; /* nobody will ask */
	for (size_t i = 0; i < candidates->nr; i++) {
		const struct candidate *candidate = &candidates->at[i];

		for (uint32_t j = 0; j < candidate->touch.nr; j++)
			touch(&soughts, batch, &index, candidate,
			      candidate->touch.paths[j]);
		touch_many(&soughts, batch, candidate, &many);
	}
	reach_fill(&batch->touched, tracer->a, tracer->graph, line_set(tracer),
		   soughts.at, soughts.nr, batch->columns.nr);
}

/* --- the same patch ----------------------------------------------------- */

/* A candidate and a column that touched the same files. */
struct pair {
	uint32_t candidate, column;
};
struct pairs VEC_OF(struct pair);

static int compare_files(const struct changed_paths *one,
			 const struct changed_paths *two)
{
	if (one->nr != two->nr)
		return one->nr < two->nr ? -1 : 1;
	return memcmp(one->paths, two->paths, one->nr * sizeof(*one->paths));
}

static int by_files(const void *a, const void *b)
{
	return compare_files(&(*(const struct column *const *)a)->touch,
			     &(*(const struct column *const *)b)->touch);
}

/* The columns that have a patch to look for, sorted by their files. */
static size_t sort_columns(const struct column **out, const struct batch *batch)
{
	const struct graph *graph = batch->tracer->graph;
	size_t nr = 0;

	for (size_t i = 0; i < batch->columns.nr; i++) {
		const struct column *column = &batch->columns.at[i];

		if (column->here && column->touch.nr &&
		    !graph_is_merge(graph, column->commit))
			out[nr++] = column;
	}
	qsort(out, nr, sizeof(*out), by_files);
	return nr;
}

static void pair_candidates(struct pairs *out, const struct batch *batch,
			    const struct candidates *candidates)
{
	struct arena *a = batch->tracer->a;
	const struct column **sorted =
		arena_alloc(a, (batch->columns.nr + 1) * sizeof(*sorted));
	size_t nr = sort_columns(sorted, batch);

	for (uint32_t i = 0; i < candidates->nr; i++) {
		const struct candidate *candidate = &candidates->at[i];
		size_t low = 0, high = nr;

		if (graph_is_merge(batch->tracer->graph, candidate->commit))
			continue;
		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (compare_files(&sorted[middle]->touch,
					  &candidate->touch) < 0)
				low = middle + 1;
			else
				high = middle;
		}
		for (; low < nr && changed_paths_are_same(&sorted[low]->touch,
							  &candidate->touch);
		     low++) {
			uint32_t column =
				(uint32_t)(sorted[low] - batch->columns.at);

			if (reach_has(&batch->between, candidate->commit,
				      column))
				vec_push(a, out, (struct pair){ i, column });
		}
	}
}

/* Adds to the families what has the same patch id. In a partial clone git may
 * not be able to tell. */
static void find_twins(struct batch *batch, const struct candidates *candidates)
{
	struct tracer *tracer = batch->tracer;
	struct pairs pairs = { 0 };
	struct oids ids = { 0 };
	struct oid *patches;
	struct err *e;

	pair_candidates(&pairs, batch, candidates);
	for (size_t i = 0; i < pairs.nr; i++) {
		vec_push(tracer->a, &ids,
			 candidates->at[pairs.at[i].candidate].id);
		vec_push(tracer->a, &ids,
			 batch->columns.at[pairs.at[i].column].id);
	}
	patches = arena_alloc(tracer->a, (ids.nr + 1) * sizeof(*patches));
	e = ids.nr ? patch_ids(patches, tracer->repo, &ids) : NULL;
	batch->patches_known = !e;
	for (size_t i = 0; !e && i < pairs.nr; i++)
		if (!oid_is_zero(&patches[2 * i]) &&
		    oid_equal(&patches[2 * i], &patches[2 * i + 1]))
			same_change_add(
				&batch->columns.at[pairs.at[i].column].change,
				tracer->relations, &ids.at[2 * i],
				VIA_PATCH_ID);
	err_free(e);
}

/* --- tables of the families --------------------------------------------- */

static void add_members(struct numbers *out, struct arena *a,
			const struct same_change *change)
{
	for (size_t i = 0; i < change->members.nr; i++)
		vec_push(a, out, change->members.at[i].commit);
}

static void fill_tables(struct batch *batch)
{
	struct tracer *tracer = batch->tracer;
	struct numbers held = { 0 }, among = { 0 };
	struct commit_set members;

	for (size_t i = 0; i < batch->columns.nr; i++) {
		struct column *column = &batch->columns.at[i];

		column->held = held.nr;
		column->among = among.nr;
		add_members(&held, tracer->a, &column->change);
		if (column->change.depth)
			add_members(&among, tracer->a, &column->change);
	}
	reach_each(&batch->held, tracer->a, tracer->graph, line_set(tracer),
		   (struct commit_set){ held.at, held.nr });
	members = (struct commit_set){ among.at, among.nr };
	reach_each(&batch->among, tracer->a, tracer->graph, members, members);
}

/* A member of a column's change. */
struct place {
	uint32_t column, member;
};

/* Members of all changes, one after the other. */
struct places {
	struct numbers commits;
	struct VEC_OF(struct place) at;
};

static void list_places(struct places *out, const struct batch *batch,
			uint32_t *done)
{
	struct arena *a = batch->tracer->a;

	*out = (struct places){ 0 };
	for (uint32_t i = 0; i < batch->columns.nr; i++) {
		const struct same_change *change = &batch->columns.at[i].change;

		for (; done[i] < change->members.nr; done[i]++) {
			const struct member *m = &change->members.at[done[i]];

			if (m->commit == GRAPH_NONE || m->part)
				continue;
			vec_push(a, &out->commits, m->commit);
			vec_push(a, &out->at, (struct place){ i, done[i] });
		}
	}
}

/* What was said of a merge holds for the commits that it brought. */
static void add_brought(struct batch *batch, const struct places *places,
			const struct reach *reach)
{
	const struct merge_entries *merges = &batch->tracer->merges;

	for (size_t i = 0; i < merges->nr; i++)
		for (size_t j = 0; j < places->at.nr; j++)
			if (places->commits.at[j] != merges->at[i].merge &&
			    reach_has(reach, 2 * i, j) &&
			    !reach_has(reach, 2 * i + 1, j))
				same_change_add_entry(
					&batch->columns
						 .at[places->at.at[j].column]
						 .change,
					batch->tracer->relations,
					&merges->at[i],
					places->at.at[j].member);
}

/* What that adds may be brought by a merge itself. */
static void add_merged(struct batch *batch)
{
	struct tracer *tracer = batch->tracer;
	const struct merge_entries *merges = &tracer->merges;
	uint32_t *done =
		arena_alloc(tracer->a, (batch->columns.nr + 1) * sizeof(*done));
	struct numbers rows = { 0 };
	struct places places;
	struct reach reach;

	for (size_t i = 0; i < merges->nr; i++) {
		vec_push(tracer->a, &rows, merges->at[i].merge);
		vec_push(tracer->a, &rows, merges->at[i].main);
	}
	list_places(&places, batch, done);
	for (int round = 0; rows.nr && places.at.nr && round < ROUNDS_MAX;
	     round++) {
		reach_each(&reach, tracer->a, tracer->graph,
			   (struct commit_set){ rows.at, rows.nr },
			   (struct commit_set){ places.commits.at,
						places.commits.nr });
		add_brought(batch, &places, &reach);
		list_places(&places, batch, done);
	}
}

static bool has_cause(const struct batch *batch)
{
	for (size_t i = 0; i < batch->columns.nr; i++)
		if (batch->columns.at[i].cause)
			return true;
	return false;
}

static struct err *prepare_batch(struct batch *batch)
{
	struct tracer *tracer = batch->tracer;
	struct commit_set columns = { column_commits(batch),
				      batch->columns.nr };
	struct candidates candidates = { 0 };
	struct err *e = find_missing_objects(batch);

	if (e)
		return e;
	add_merged(batch);
	reach_each(&batch->reach, tracer->a, tracer->graph, line_set(tracer),
		   columns);
	if (has_cause(batch)) /* nobody else asks */
		reach_each(&batch->below, tracer->a, tracer->graph, columns,
			   line_set(tracer));
	reach_between(&batch->between, tracer->graph, line_set(tracer), columns,
		      &batch->reach);
	list_candidates(&candidates, batch);
	load_touches(batch, &candidates);
	if (batch->changes_known)
		find_twins(batch, &candidates);
	find_touched_files(batch, &candidates);
	free(batch->between.bits);
	fill_tables(batch);
	return NULL;
}

/* --- cells -------------------------------------------------------------- */

bool cell_has_fix(const struct question *question, const struct cell *cell)
{
	for (size_t i = 0; i < question->backport.nr; i++)
		if (cell->backport[i].in_effect)
			return true;
	for (size_t i = 0; i < question->fix.nr; i++)
		if (!cell->fix[i].in_effect)
			return false;
	return question->fix.nr && !question->fix_lost;
}

/* How many of the causes are held, and how many are in effect. */
static void count_causes(size_t *held, size_t *in_effect,
			 const struct question *question,
			 const struct cell *cell)
{
	*held = *in_effect = 0;
	for (size_t i = 0; i < question->cause.nr; i++) {
		*held += cell->cause[i].via != VIA_NONE;
		*in_effect += cell->cause[i].in_effect;
	}
}

/* Whether a line that has commits of its own lacks a file that was there before
 * the cause: perhaps it bears another name there. */
static bool lacks_file(const struct batch *batch, size_t line, size_t at)
{
	const struct column *column = &batch->columns.at[at];
	const struct oid *commit = &batch->tracer->lines->at[line].commit;

	if (reach_has(&batch->below, at, line))
		return false;
	for (size_t i = 0; i < column->files.nr; i++)
		if (!column->files.at[i].added &&
		    tree_has(batch->tracer->repo, commit,
			     column->files.at[i].path) != 1)
			return true;
	return false;
}

/* `from` is the first column of the question's causes. */
static bool has_touched(const struct batch *batch,
			const struct question *question, size_t line,
			size_t from)
{
	for (size_t i = from; i < from + question->cause.nr; i++)
		if ((batch->touched.bits &&
		     reach_has(&batch->touched, line, i)) ||
		    lacks_file(batch, line, i))
			return true;
	return false;
}

/* Whether every cause came after all that the line has: that is proof without
 * a look at any file. */
static bool cause_is_below(const struct batch *batch,
			   const struct question *question, size_t line,
			   size_t from)
{
	for (size_t i = from; i < from + question->cause.nr; i++)
		if (!reach_has(&batch->below, i, line))
			return false;
	return true;
}

static bool any_missing(const struct batch *batch,
			const struct question *question, size_t from)
{
	for (size_t i = 0; i < question->cause.nr; i++)
		if (!batch->columns.at[from + i].here)
			return true;
	return question->cause_lost;
}

static enum trace_state set_unknown(struct cell *cell, enum trace_why why)
{
	cell->why = why;
	return TRACE_UNKNOWN;
}

/* No cause is in effect, and not every fix is in. */
static enum trace_state judge_absence(const struct batch *batch,
				      struct cell *cell,
				      const struct question *question,
				      size_t line, size_t from, bool held)
{
	bool named = question->cause.nr || question->cause_lost;

	if (batch->tracer->cut[line])
		return set_unknown(cell, WHY_CUT);
	if (!named && question->fix_lost)
		return set_unknown(cell, WHY_MISSING);
	if (!named)
		return batch->patches_known ? TRACE_SUSPECT
					    : set_unknown(cell, WHY_CHANGES);
	if (any_missing(batch, question, from))
		return set_unknown(cell, WHY_MISSING);
	if (held)
		return TRACE_FIXED;
	if (!batch->changes_known &&
	    !cause_is_below(batch, question, line, from))
		return set_unknown(cell, WHY_CHANGES);
	return has_touched(batch, question, line, from) ? TRACE_NO_CAUSE_FOUND
							: TRACE_UNAFFECTED;
}

static enum trace_state judge_cell(const struct batch *batch, struct cell *cell,
				   const struct question *question, size_t line,
				   size_t from)
{
	size_t held, in_effect;

	if (cell_has_fix(question, cell))
		return TRACE_FIXED;
	count_causes(&held, &in_effect, question, cell);
	if (in_effect)
		return batch->patches_known || !(question->fix.nr +
						 question->backport.nr)
			       ? TRACE_EXPOSED
			       : set_unknown(cell, WHY_CHANGES);
	return judge_absence(batch, cell, question, line, from, held != 0);
}

/* What the line holds of the columns from `from` on. A doubt about a cause
 * leaves it in effect, one about a fix does not: it is never shown as safe. */
static const struct holding *holding_at(const struct batch *batch, size_t line,
					size_t from, size_t nr, bool doubt)
{
	struct holding *out = NULL;

	if (nr)
		out = arena_alloc(batch->tracer->a, nr * sizeof(*out));
	for (size_t i = 0; i < nr; i++) {
		const struct column *column = &batch->columns.at[from + i];

		out[i] = same_change_judge(
			&column->change,
			&(struct held){ &batch->held, line, column->held,
					&batch->among, column->among },
			doubt);
	}
	return out;
}

static size_t question_columns(const struct question *question)
{
	return question->cause.nr + question->fix.nr + question->backport.nr;
}

/* `from` is the first column of the question: causes, fixes, backports. */
static void answer_question(struct trace *out, const struct batch *batch,
			    const struct question *question, size_t from)
{
	const struct release_lines *lines = batch->tracer->lines;
	size_t fixes = from + question->cause.nr;
	size_t backports = fixes + question->fix.nr;
	struct cell *cells =
		arena_alloc(batch->tracer->a, (lines->nr + 1) * sizeof(*cells));

	*out = (struct trace){ .question = question, .cells = cells };
	for (size_t i = 0; i < lines->nr; i++) {
		struct cell *cell = &cells[i];

		cell->cause =
			holding_at(batch, i, from, question->cause.nr, true);
		cell->fix =
			holding_at(batch, i, fixes, question->fix.nr, false);
		cell->backport = holding_at(batch, i, backports,
					    question->backport.nr, false);
		cell->state = judge_cell(batch, cell, question, i, from);
		if (!out->first && lines->at[i].type == REF_TAG &&
		    cell_has_fix(question, cell))
			out->first = &lines->at[i];
	}
}

/* --- all of it ---------------------------------------------------------- */

static struct err *run_batch(struct traces *out, struct tracer *tracer,
			     const struct question *questions, size_t nr)
{
	struct batch batch = { .tracer = tracer };
	struct err *e;
	size_t at = 0;

	for (size_t i = 0; i < nr; i++) {
		add_reach_columns(&batch, &questions[i], &questions[i].cause,
				  true);
		add_reach_columns(&batch, &questions[i], &questions[i].fix,
				  false);
		add_reach_columns(&batch, &questions[i], &questions[i].backport,
				  false);
	}
	e = prepare_batch(&batch);
	for (size_t i = 0; !e && i < nr; i++) {
		struct trace trace;

		answer_question(&trace, &batch, &questions[i], at);
		vec_push(tracer->a, out, trace);
		at += question_columns(&questions[i]);
	}
	return e;
}

/* Lines and what is asked about: that is all of history that counts. */
static void collect_line_tips(struct oids *out, struct arena *a,
			      const struct release_lines *lines,
			      const struct questions *questions)
{
	for (size_t i = 0; i < lines->nr; i++)
		vec_push(a, out, lines->at[i].commit);
	for (size_t i = 0; i < questions->nr; i++) {
		const struct question *question = &questions->at[i];

		for (size_t j = 0; j < question->cause.nr; j++)
			vec_push(a, out, question->cause.at[j]);
		for (size_t j = 0; j < question->fix.nr; j++)
			vec_push(a, out, question->fix.at[j]);
		for (size_t j = 0; j < question->backport.nr; j++)
			vec_push(a, out, question->backport.at[j]);
	}
}

static struct err *start_tracer(struct tracer *tracer, const struct oids *tips)
{
	size_t nr = tracer->lines->nr;
	struct err *e =
		ledger_load(&tracer->ledger, tracer->a, tracer->repo, tips);

	if (!e)
		e = graph_open(&tracer->graph, tracer->repo, tips);
	if (e)
		return e;
	tracer->relations =
		relations_new(tracer->a, &tracer->ledger, tracer->graph);
	relations_merges(&tracer->merges, tracer->relations);
	tracer->line_commits =
		arena_alloc(tracer->a, (nr + 1) * sizeof(uint32_t));
	tracer->cut = arena_alloc(tracer->a, nr + 1);
	for (size_t i = 0; i < nr; i++)
		tracer->line_commits[i] =
			graph_find(tracer->graph, &tracer->lines->at[i].commit);
	reach_cut(tracer->cut, tracer->graph, line_set(tracer));
	return NULL;
}

/* How many questions from `at` on are answered together; at least one. */
static size_t batch_size(const struct tracer *tracer,
			 const struct questions *questions, size_t at)
{
	size_t row = TABLE_MAX / (graph_count(tracer->graph) + (size_t)1);
	size_t columns = 0, nr = 0;

	while (at + nr < questions->nr) {
		const struct question *question = &questions->at[at + nr];

		columns += question_columns(question);
		if (nr && columns > row * 8)
			break;
		nr++;
	}
	return nr;
}

struct err *trace_run(struct traces *out, struct arena *a, struct repo *repo,
		      const struct release_lines *lines,
		      const struct questions *questions)
{
	struct tracer tracer = { .a = a, .repo = repo, .lines = lines };
	struct oids tips = { 0 };
	struct err *e;

	collect_line_tips(&tips, a, lines, questions);
	e = start_tracer(&tracer, &tips);
	for (size_t at = 0, nr; !e && at < questions->nr; at += nr) {
		nr = batch_size(&tracer, questions, at);
		e = run_batch(out, &tracer, questions->at + at, nr);
	}
	relations_free(tracer.relations);
	graph_close(tracer.graph);
	return e;
}
