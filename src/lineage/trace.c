/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/trace.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/version.h"
#include "git/lookup.h"
#include "git/rev.h"
#include "git/tree.h"
#include "lineage/batch.h"
#include "lineage/doubt.h"
#include "lineage/relink.h"

/* The table of what lies between has a row for each commit of history: so many
 * bytes of it at most, and so many questions at once. */
#define TABLE_MAX ((size_t)32 << 20)

/* How often what a merge adds to a change is looked for in merges again. */
#define ROUNDS_MAX 4

static const char *const state_names[] = {
	[TRACE_EXPOSED] = N_("exposed"),
	[TRACE_SUSPECT] = N_("suspect"),
	[TRACE_UNKNOWN] = N_("unknown"),
	[TRACE_NO_CAUSE_FOUND] = N_("no-cause-found"),
	[TRACE_UNAFFECTED] = N_("unaffected"),
	[TRACE_FIXED] = N_("fixed"),
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

struct commit_set batch_lines(const struct batch *batch)
{
	const struct tracer *tracer = batch->tracer;

	return (struct commit_set){ tracer->line_commits, tracer->lines->nr };
}

/* --- columns ------------------------------------------------------------ */

/* What a commit takes back, if that is one commit and no merge says so. */
static struct oid find_undone(struct tracer *tracer,
			      const struct column *column)
{
	struct sayings said = { 0 };
	struct oid undone = { { 0 } };

	if (column->commit == GRAPH_NONE ||
	    graph_is_merge(tracer->graph, column->commit))
		return undone;
	relations_said(&said, tracer->relations, &column->id, LEDGER_REVERT,
		       LEDGER_REVERT);
	if (said.nr == 1 &&
	    relations_resolve(&undone, tracer->relations, said.at[0]->value) &&
	    graph_find(tracer->graph, &undone) != GRAPH_NONE)
		return undone;
	return (struct oid){ { 0 } };
}

static void add_reach_columns(struct batch *batch,
			      const struct question *question,
			      const struct oids *ids, bool cause)
{
	struct tracer *tracer = batch->tracer;

	for (size_t i = 0; i < ids->nr; i++) {
		struct column column = { .id = ids->at[i], .cause = cause };
		struct oids again = { 0 };

		column.commit = graph_find(tracer->graph, &ids->at[i]);
		same_change_find(&column.change, &batch->scratch,
				 tracer->relations, &ids->at[i]);
		/* What may be the cause once more is taken for it; a fix is
		 * not believed to be back so easily (landed_again.c). */
		if (cause)
			relations_again(&again, tracer->relations, &ids->at[i]);
		else
			column.undone = find_undone(tracer, &column);
		for (size_t j = 0; j < again.nr; j++)
			same_change_add(&column.change, tracer->relations,
					&again.at[j], VIA_AUTHOR);
		for (size_t j = 0; j < question->aliases.nr; j++)
			if (oid_equal(&question->aliases.at[j].of, &ids->at[i]))
				same_change_add(&column.change,
						tracer->relations,
						&question->aliases.at[j].id,
						VIA_TRAILER);
		vec_push(&batch->scratch, &batch->columns, column);
	}
}

/* One that is reached by a line is here; the others are asked for. */
static struct err *find_missing_objects(struct batch *batch)
{
	struct arena *a = &batch->scratch;
	struct strs names = { 0 };
	char hex[OID_HEX + 1];
	int *known;
	struct err *e;

	for (size_t i = 0; i < batch->columns.nr; i++)
		vec_push(a, &names,
			 arena_strdup(a,
				      oid_hex(hex, &batch->columns.at[i].id)));
	known = arena_alloc(a, (names.nr + 1) * sizeof(*known));
	e = lookup_commits(known, NULL, batch->tracer->repo, &names);
	for (size_t i = 0; !e && i < names.nr; i++)
		batch->columns.at[i].here = known[i] == 1;
	return e;
}

static bool is_on_a_line(const struct batch *batch, size_t column)
{
	for (size_t i = 0; i < batch->tracer->lines->nr; i++)
		if (reach_has(&batch->reach, i, column))
			return true;
	return false;
}

/* What a rebase or a squash left behind was a cause, and what took its place
 * may be on any line. */
static struct err *find_gone_causes(struct batch *batch)
{
	struct arena *a = &batch->scratch;
	struct numbers columns = { 0 };
	struct strs names = { 0 };
	char hex[OID_HEX + 1];
	struct err *e = NULL;
	int *known;

	for (uint32_t i = 0; i < batch->columns.nr; i++) {
		const struct column *column = &batch->columns.at[i];

		if (!column->cause || !column->here || is_on_a_line(batch, i))
			continue;
		vec_push(a, &columns, i);
		vec_push(a, &names, arena_strdup(a, oid_hex(hex, &column->id)));
	}
	known = arena_alloc(a, (names.nr + 1) * sizeof(*known));
	if (names.nr)
		e = relink_look_hard(known, a, batch->tracer->repo, &names,
				     batch->tracer->arriving);
	for (size_t i = 0; !e && i < names.nr; i++)
		batch->columns.at[columns.at[i]].gone = known[i] == 0;
	return e;
}

static uint32_t *column_commits(struct batch *batch)
{
	uint32_t *commits = arena_alloc(
		&batch->scratch, (batch->columns.nr + 1) * sizeof(*commits));

	for (size_t i = 0; i < batch->columns.nr; i++)
		commits[i] = batch->columns.at[i].commit;
	return commits;
}

/* --- tables of the families --------------------------------------------- */

static void add_trace_members(struct numbers *out, struct arena *a,
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
		add_trace_members(&held, &batch->scratch, &column->change);
		if (column->change.depth)
			add_trace_members(&among, &batch->scratch,
					  &column->change);
	}
	reach_each(&batch->held, &batch->scratch, tracer->graph,
		   batch_lines(batch), (struct commit_set){ held.at, held.nr });
	members = (struct commit_set){ among.at, among.nr };
	reach_each(&batch->among, &batch->scratch, tracer->graph, members,
		   members);
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

static void list_places(struct places *out, struct batch *batch, uint32_t *done)
{
	struct arena *a = &batch->scratch;

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

/* What was said of a merge applies to the commits that it brought. */
static void add_brought(struct batch *batch, const struct places *places,
			const struct reach *reach)
{
	const struct merge_entries *merges = &batch->tracer->merges;

	for (size_t i = 0; i < merges->nr; i++)
		for (size_t j = 0; j < places->at.nr; j++)
			if (places->commits.at[j] != merges->at[i].merge &&
			    reach_has(reach, 2 * i, j) &&
			    !reach_has(reach, 2 * i + 1, j) &&
			    relations_is_merge_entry(batch->tracer->relations,
						     &merges->at[i]))
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
	uint32_t *done = arena_alloc(&batch->scratch,
				     (batch->columns.nr + 1) * sizeof(*done));
	struct numbers rows = { 0 };
	struct places places;
	struct reach reach;

	for (size_t i = 0; i < merges->nr; i++) {
		vec_push(&batch->scratch, &rows, merges->at[i].merge);
		vec_push(&batch->scratch, &rows, merges->at[i].main);
	}
	list_places(&places, batch, done);
	for (int round = 0; rows.nr && places.at.nr && round < ROUNDS_MAX;
	     round++) {
		reach_each(&reach, &batch->scratch, tracer->graph,
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
	struct err *e = find_missing_objects(batch);

	if (e)
		return e;
	add_merged(batch);
	reach_each(&batch->reach, &batch->scratch, tracer->graph,
		   batch_lines(batch), columns);
	if (has_cause(batch)) /* nobody else asks */
		reach_each(&batch->below, &batch->scratch, tracer->graph,
			   columns, batch_lines(batch));
	reach_between(&batch->between, tracer->graph, batch_lines(batch),
		      columns, &batch->reach);
	e = find_gone_causes(batch);
	if (!e)
		e = between_find(batch);
	if (!e)
		e = twins_find(batch);
	if (!e)
		e = squashed_find(batch);
	if (!e)
		e = landed_again_find(batch);
	free(batch->between.bits);
	if (!e)
		fill_tables(batch);
	return e;
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

static size_t question_columns(const struct question *question)
{
	return question->cause.nr + question->fix.nr + question->backport.nr;
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

static bool any_gone(const struct batch *batch, const struct question *question,
		     size_t from)
{
	for (size_t i = 0; i < question->cause.nr; i++)
		if (batch->columns.at[from + i].gone)
			return true;
	return false;
}

static enum trace_state set_unknown(struct cell *cell, enum trace_why why)
{
	cell->why = why;
	return TRACE_UNKNOWN;
}

static bool is_line_told(const struct reach *untold, size_t line, size_t from,
			 size_t nr)
{
	for (size_t i = from; untold->bits && i < from + nr; i++)
		if (reach_has(untold, line, i))
			return false;
	return true;
}

/* Whether what the line contains could be compared with the columns. */
static bool patches_are_told(const struct batch *batch, size_t line,
			     size_t from, size_t nr)
{
	return is_line_told(&batch->untold_files, line, from, nr) &&
	       is_line_told(&batch->untold_patches, line, from, nr);
}

/* Whether a change has more commits than were looked at. */
static bool has_more_lines(const struct batch *batch, size_t from, size_t nr)
{
	for (size_t i = from; i < from + nr; i++)
		if (batch->columns.at[i].change.more)
			return true;
	return false;
}

/* No cause is in effect, and not every fix is in. */
static enum trace_state judge_absence(const struct batch *batch,
				      struct cell *cell,
				      const struct question *question,
				      size_t line, size_t from, bool held)
{
	bool named = question->cause.nr || question->cause_lost;
	size_t causes = question->cause.nr;

	if (batch->tracer->cut[line])
		return set_unknown(cell, WHY_CUT);
	if (!named && question->fix_lost)
		return set_unknown(cell, WHY_MISSING);
	if (!named)
		return patches_are_told(batch, line, from,
					question_columns(question))
			       ? TRACE_SUSPECT
			       : set_unknown(cell, WHY_CHANGES);
	if (any_missing(batch, question, from))
		return set_unknown(cell, WHY_MISSING);
	if (held)
		return patches_are_told(batch, line, from, causes)
			       ? TRACE_FIXED
			       : set_unknown(cell, WHY_CHANGES);
	if (!is_line_told(&batch->untold_files, line, from, causes) &&
	    !cause_is_below(batch, question, line, from))
		return set_unknown(cell, WHY_CHANGES);
	if (!has_touched(batch, question, line, from))
		return TRACE_UNAFFECTED;
	return any_gone(batch, question, from) ? set_unknown(cell, WHY_GONE)
					       : TRACE_NO_CAUSE_FOUND;
}

/* A cause that is in effect is no good news, whatever else is not known. */
static enum trace_state judge_cell(const struct batch *batch, struct cell *cell,
				   const struct question *question, size_t line,
				   size_t from)
{
	size_t held, in_effect, causes = question->cause.nr;

	if (has_more_lines(batch, from, question_columns(question)))
		return set_unknown(cell, WHY_MANY);
	if (cell_has_fix(question, cell))
		return TRACE_FIXED;
	count_causes(&held, &in_effect, question, cell);
	if (!in_effect)
		return judge_absence(batch, cell, question, line, from,
				     held != 0);
	if (!patches_are_told(batch, line, from + causes,
			      question_columns(question) - causes))
		cell->why = WHY_CHANGES;
	return TRACE_EXPOSED;
}

static bool is_same_holding(const struct holding *one,
			    const struct holding *other)
{
	return one->via == other->via && one->in_effect == other->in_effect &&
	       oid_equal(&one->by, &other->by) &&
	       oid_equal(&one->reverted_by, &other->reverted_by) &&
	       oid_equal(&one->part, &other->part);
}

/* What a line contains of some columns of the batch. */
struct held_columns {
	size_t from, nr;
	bool doubt;
	struct holding *now;        /* of the line that is looked at */
	const struct holding *last; /* as it was kept of the line before; NULL:
				     * this is the first */
};

static struct held_columns hold_columns(struct batch *batch, size_t from,
					size_t nr, bool doubt)
{
	return (struct held_columns){
		.from = from,
		.nr = nr,
		.doubt = doubt,
		.now = arena_alloc(&batch->scratch,
				   (nr + 1) * sizeof(struct holding))
	};
}

static const struct holding *keep_holding(struct tracer *tracer,
					  const struct batch *batch,
					  const struct held_columns *columns)
{
	size_t nr = columns->nr;
	struct holding *kept = arena_alloc(tracer->a, nr * sizeof(*kept));

	memcpy(kept, columns->now, nr * sizeof(*kept));
	for (size_t i = 0; i < nr; i++)
		if (kept[i].in_effect && kept[i].via != VIA_ANCESTOR &&
		    kept[i].via != VIA_PATCH_ID)
			vec_push(
				tracer->a, &tracer->claims,
				(struct claim_of_same){
					batch->columns.at[columns->from + i].id,
					&kept[i] });
	return kept;
}

/* A doubt about a cause leaves it in effect, one about a fix does not: it is
 * never shown as safe. One release holds mostly what the one before it does, and
 * there may be thousands: what is the same is kept once. */
static const struct holding *holding_at(struct batch *batch, size_t line,
					struct held_columns *columns)
{
	bool same = columns->last;

	if (!columns->nr)
		return NULL;
	for (size_t i = 0; i < columns->nr; i++) {
		const struct column *column =
			&batch->columns.at[columns->from + i];

		columns->now[i] = same_change_judge(
			&column->change,
			&(struct held){ &batch->held, line, column->held,
					&batch->among, column->among },
			columns->doubt);
		same = same &&
		       is_same_holding(&columns->now[i], &columns->last[i]);
	}
	if (!same)
		columns->last = keep_holding(batch->tracer, batch, columns);
	return columns->last;
}

/* In a repository of many packages the answer is one of those that the question
 * is about. */
static bool is_of_package(const struct question *question, const char *tag)
{
	const struct strs *releases = question->releases;
	struct version own, other;

	if (!releases || !releases->nr)
		return true;
	version_parse(&own, tag);
	for (size_t i = 0; i < releases->nr; i++) {
		version_parse(&other, releases->at[i]);
		if (version_same_package(&own, &other))
			return true;
	}
	return false;
}

/* `from` is the first column of the question: causes, fixes, backports. */
static void answer_question(struct trace *out, struct batch *batch,
			    const struct question *question, size_t from)
{
	const struct release_lines *lines = batch->tracer->lines;
	struct held_columns cause =
		hold_columns(batch, from, question->cause.nr, true);
	struct held_columns fix = hold_columns(batch, cause.from + cause.nr,
					       question->fix.nr, false);
	struct held_columns backport = hold_columns(
		batch, fix.from + fix.nr, question->backport.nr, false);
	struct cell *cells =
		arena_alloc(batch->tracer->a, (lines->nr + 1) * sizeof(*cells));

	*out = (struct trace){ .question = question, .cells = cells };
	for (size_t i = 0; i < lines->nr; i++) {
		struct cell *cell = &cells[i];

		cell->cause = holding_at(batch, i, &cause);
		cell->fix = holding_at(batch, i, &fix);
		cell->backport = holding_at(batch, i, &backport);
		cell->state = judge_cell(batch, cell, question, i, from);
		if (!out->first && lines->at[i].type == REF_TAG &&
		    cell_has_fix(question, cell) &&
		    is_of_package(question, lines->at[i].name))
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
	arena_release(&batch.scratch);
	return e;
}

static void add_oids(struct oids *out, struct arena *a, const struct oids *more)
{
	for (size_t i = 0; i < more->nr; i++)
		vec_push(a, out, more->at[i]);
}

struct err *trace_base_open(struct trace_base *out, struct arena *a,
			    struct repo *repo,
			    const struct release_lines *lines,
			    const struct questions *questions)
{
	struct err *e;

	*out = (struct trace_base){ .a = a, .repo = repo };
	for (size_t i = 0; i < lines->nr; i++)
		vec_push(a, &out->tips, lines->at[i].commit);
	for (size_t i = 0; i < questions->nr; i++) {
		add_oids(&out->tips, a, &questions->at[i].cause);
		add_oids(&out->tips, a, &questions->at[i].fix);
		add_oids(&out->tips, a, &questions->at[i].backport);
	}
	e = rev_add_head(&out->tips, a, repo);
	return e ? e : ledger_load(&out->ledger, a, repo, &out->tips);
}

struct err *trace_base_graph(struct trace_base *base)
{
	return base->graph ? NULL
			   : graph_open(&base->graph, base->repo, &base->tips);
}

void trace_base_close(struct trace_base *base)
{
	graph_close(base->graph);
}

static struct err *start_tracer(struct tracer *tracer, struct trace_base *base)
{
	size_t nr = tracer->lines->nr;
	struct err *e = trace_base_graph(base);

	if (e)
		return e;
	tracer->graph = base->graph;
	tracer->relations =
		relations_new(tracer->a, &base->ledger, tracer->graph);
	relations_merges(&tracer->merges, tracer->relations);
	tracer->line_commits =
		arena_alloc(tracer->a, (nr + 1) * sizeof(uint32_t));
	tracer->cut = arena_alloc(tracer->a, nr + 1);
	for (size_t i = 0; i < nr; i++)
		tracer->line_commits[i] =
			graph_find(tracer->graph, &tracer->lines->at[i].commit);
	reach_cut(tracer->cut, tracer->graph,
		  (struct commit_set){ tracer->line_commits, nr });
	return NULL;
}

/* --- doubts ------------------------------------------------------------- */

static int compare_claims(const void *a, const void *b)
{
	const struct claim_of_same *one = a, *two = b;
	int order = memcmp(one->id.raw, two->id.raw, OID_RAW);

	return order ? order
		     : memcmp(one->holding->by.raw, two->holding->by.raw,
			      OID_RAW);
}

/* Each pair is judged once, however many lines contain it. */
static struct err *settle_doubts(struct tracer *tracer)
{
	struct VEC_OF(struct doubt) doubts = { 0 };
	const struct claim_of_same *claims = tracer->claims.at;
	size_t nr = tracer->claims.nr, at = 0;
	struct err *e;

	if (!nr)
		return NULL;
	qsort(tracer->claims.at, nr, sizeof(*claims), compare_claims);
	for (size_t i = 0; i < nr; i++)
		if (!i || compare_claims(&claims[i - 1], &claims[i]))
			vec_push(tracer->a, &doubts,
				 (struct doubt){
					 .one = claims[i].id,
					 .other = claims[i].holding->by });
	e = doubt_judge(doubts.at, doubts.nr, tracer->repo);
	for (size_t i = 0; !e && i < nr; i++) {
		at += i && compare_claims(&claims[i - 1], &claims[i]);
		claims[i].holding->doubt = doubts.at[at].few;
	}
	return e;
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

struct err *trace_run(struct traces *out, struct trace_base *base,
		      const struct release_lines *lines,
		      const struct questions *questions)
{
	struct tracer tracer = { .a = base->a,
				 .repo = base->repo,
				 .arriving = base->arriving,
				 .lines = lines };
	struct err *e = start_tracer(&tracer, base);

	for (size_t at = 0, nr; !e && at < questions->nr; at += nr) {
		nr = batch_size(&tracer, questions, at);
		e = run_batch(out, &tracer, questions->at + at, nr);
	}
	if (!e)
		e = settle_doubts(&tracer);
	relations_free(tracer.relations);
	return e;
}
