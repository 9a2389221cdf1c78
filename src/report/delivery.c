/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/delivery.h"

#include <stdlib.h>
#include <string.h>

#include "git/graph.h"
#include "git/walk.h"
#include "lineage/trace.h"

struct look {
	struct delivery *out;
	struct corpus *corpus;
	const struct exposures *exposures;
};

static int by_delivered_name(const void *a, const void *b)
{
	const struct delivered *const *one = a, *const *other = b;

	return strcmp((*one)->release->tag.name, (*other)->release->tag.name);
}

static int compare_delivered_name(const void *tag, const void *delivered)
{
	const struct delivered *const *one = delivered;

	return strcmp(tag, (*one)->release->tag.name);
}

struct delivered *delivery_find(const struct delivery *delivery,
				const char *tag)
{
	struct delivered **found = NULL;

	if (delivery->releases.nr)
		found = bsearch(tag, delivery->by_name, delivery->releases.nr,
				sizeof(*found), compare_delivered_name);
	return found ? *found : NULL;
}

/* --- lead time ----------------------------------------------------------- */

struct waiting {
	const struct graph *graph;
	int64_t *authored; /* by the commit's number; of a merge, or one that
			    * was not asked for, INT64_MIN */
	bool *seen;
	struct VEC_OF(uint32_t) stack;
	struct arena a;
};

static bool note_authored(void *data, const struct commit *commit)
{
	struct waiting *waiting = data;
	uint32_t number = graph_find(waiting->graph, &commit->id);

	if (number != GRAPH_NONE && commit->parent_count < 2)
		waiting->authored[number] = commit->authored.seconds;
	return true;
}

static void push_unseen(struct waiting *waiting, uint32_t commit)
{
	if (waiting->seen[commit])
		return;
	waiting->seen[commit] = true;
	vec_push(&waiting->a, &waiting->stack, commit);
}

/* All that it contains and no earlier release does. */
static void gather_waits(struct waiting *waiting, struct delivered *delivered,
			 struct arena *a)
{
	uint32_t commit =
		graph_find(waiting->graph, &delivered->release->tag.commit);

	waiting->stack.nr = 0;
	if (commit != GRAPH_NONE)
		push_unseen(waiting, commit);
	while (waiting->stack.nr) {
		const uint32_t *parents;
		int64_t authored;
		size_t nr;

		commit = waiting->stack.at[--waiting->stack.nr];
		authored = waiting->authored[commit];
		if (delivered->wanted && authored != INT64_MIN)
			vec_push(a, &delivered->waits,
				 delivered->release->time > authored
					 ? delivered->release->time - authored
					 : 0);
		parents = graph_parents(&nr, waiting->graph, commit);
		for (size_t i = 0; i < nr; i++)
			push_unseen(waiting, parents[i]);
	}
}

/* One pass over the graph: releases in their order, each takes what is left. */
static struct err *find_waits(struct delivery *out, struct corpus *corpus)
{
	struct oids tips = { 0 }, wanted = { 0 }, before = { 0 };
	struct waiting waiting = { .a = ARENA_INIT };
	struct graph *graph = NULL;
	struct err *e;

	for (size_t i = 0; i < out->releases.nr; i++) {
		const struct delivered *one = &out->releases.at[i];

		vec_push(corpus->arena, &tips, one->release->tag.commit);
		if (one->wanted)
			vec_push(corpus->arena, &wanted,
				 one->release->tag.commit);
		else if (!wanted.nr)
			vec_push(corpus->arena, &before,
				 one->release->tag.commit);
	}
	if (!wanted.nr)
		return NULL;
	e = graph_open(&graph, corpus->repo, &tips);
	if (e)
		return e;
	waiting.graph = graph;
	waiting.authored =
		arena_alloc(&waiting.a, graph_count(graph) * sizeof(int64_t));
	waiting.seen = arena_alloc(&waiting.a, graph_count(graph));
	for (uint32_t i = 0; i < graph_count(graph); i++)
		waiting.authored[i] = INT64_MIN;
	e = walk_new(corpus->repo, &wanted, &before, note_authored, &waiting);
	for (size_t i = 0; !e && i < out->releases.nr; i++)
		gather_waits(&waiting, &out->releases.at[i], corpus->arena);
	arena_release(&waiting.a);
	graph_close(graph);
	return e;
}

/* --- faults -------------------------------------------------------------- */

static void note_incident(const struct look *look, const struct retro *retro)
{
	const struct release *named = NULL;

	for (size_t i = 0; i < retro->releases.nr; i++) {
		struct delivered *one =
			delivery_find(look->out, retro->releases.at[i]);

		if (!one)
			continue;
		named = one->release;
		if (!one->fault)
			one->fault = retro->id;
	}
	if (retro->started.known && retro->resolved.known &&
	    retro->resolved.at.seconds >= retro->started.at.seconds)
		vec_push(
			look->corpus->arena, &look->out->recoveries,
			(struct recovery){ named, retro->id, retro,
					   retro->resolved.at.seconds -
						   retro->started.at.seconds });
}

/* The first release that carries the cause without the fix. */
static const struct release_line *first_exposed(const struct exposures *all,
						const struct exposure *one)
{
	for (size_t i = 0; i < all->lines->nr; i++)
		if (all->lines->at[i].type == REF_TAG &&
		    one->trace->cells[i].state == TRACE_EXPOSED)
			return &all->lines->at[i];
	return NULL;
}

static bool is_patch(const struct release *release)
{
	const struct version *version = &release->version;

	return version->post || release->again ||
	       (version->nr > 2 && version->parts[2] > 0);
}

static void note_exposure(const struct look *look,
			  const struct exposure *exposure)
{
	struct arena *a = look->corpus->arena;
	const struct release_line *from =
		first_exposed(look->exposures, exposure);
	const struct release_line *fixed = exposure->trace->first;
	struct delivered *one =
		from ? delivery_find(look->out, from->name) : NULL;
	const char *name =
		retro_problem_name(a, exposure->retro, exposure->problem);
	const struct retro *retro = exposure->retro;

	if (!from)
		return;
	if (one && !one->fault)
		one->fault = name;
	if (!fixed || fixed->time < from->time)
		return;
	one = delivery_find(look->out, fixed->name);
	if (one && !one->repair && is_patch(one->release))
		one->repair = name;
	if (!(retro->kind == KIND_INCIDENT && retro->started.known &&
	      retro->resolved.known))
		vec_push(a, &look->out->recoveries,
			 (struct recovery){ one ? one->release : NULL, name,
					    retro, fixed->time - from->time });
}

struct err *delivery_load(struct delivery *out, struct corpus *corpus,
			  const struct releases *all,
			  const struct exposures *exposures, int64_t since,
			  int64_t until)
{
	struct look look = { .out = out,
			     .corpus = corpus,
			     .exposures = exposures };
	const struct retros *retros = &corpus->retros;

	*out = (struct delivery){ 0 };
	for (size_t i = 0; i < all->nr; i++) {
		const struct release *release = &all->at[i];

		vec_push(
			corpus->arena, &out->releases,
			(struct delivered){ .release = release,
					    .wanted = release->time >= since &&
						      release->time <= until });
	}
	out->by_name = arena_alloc(corpus->arena,
				   (all->nr + 1) * sizeof(struct delivered *));
	for (size_t i = 0; i < all->nr; i++)
		out->by_name[i] = &out->releases.at[i];
	if (all->nr)
		qsort(out->by_name, all->nr, sizeof(struct delivered *),
		      by_delivered_name);
	for (size_t i = 0; i < retros->nr; i++)
		if (retros->at[i]->kind == KIND_INCIDENT)
			note_incident(&look, retros->at[i]);
	for (size_t i = 0; i < exposures->nr; i++)
		note_exposure(&look, &exposures->at[i]);
	return find_waits(out, corpus);
}
