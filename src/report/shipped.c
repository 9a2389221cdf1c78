/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/shipped.h"

#include <stdint.h>

#include "base/buf.h"
#include "git/graph.h"
#include "git/message.h"
#include "git/reach.h"
#include "git/walk.h"

struct counting {
	struct arena *a;
	struct repo *repo;
	struct graph *graph;
	unsigned char *paint; /* see reach_range() */
	struct commit_numbers range;
	bool *own; /* by a commit's number */
	shipped_by_fn *by;
	const void *data;
	struct strs helpers; /* co-authors of commits that are not own ... */
	struct commit_numbers of; /* ... and each one's commit */
};

static void find_range(struct counting *counting, const struct shipped *one)
{
	counting->range.nr = 0;
	reach_range(&counting->range, counting->a, counting->graph,
		    counting->paint, graph_find(counting->graph, &one->from),
		    graph_find(counting->graph, &one->to));
}

/* --- whose they are ------------------------------------------------------ */

/* A co-author shipped it, too: .mailmap is asked of all of them at once. */
static void note_helpers(struct counting *counting, uint32_t number,
			 const char *message)
{
	struct strs helpers = { 0 };

	message_co_authors(&helpers, counting->a, message);
	for (size_t i = 0; i < helpers.nr; i++) {
		vec_push(counting->a, &counting->helpers, helpers.at[i]);
		vec_push(counting->a, &counting->of, number);
	}
}

static bool note_author(void *data, const struct commit *commit)
{
	struct counting *counting = data;
	uint32_t number = graph_find(counting->graph, &commit->id);
	struct buf person = BUF_INIT;

	buf_addf(&person, "%s <%s>", commit->author.name, commit->author.mail);
	if (number == GRAPH_NONE)
		;
	else if (counting->by(counting->data, person.p))
		counting->own[number] = true;
	else
		note_helpers(counting, number, commit->message);
	buf_release(&person);
	return true;
}

static struct err *note_all_helpers(struct counting *counting)
{
	struct strs names = { 0 };
	struct err *e = NULL;

	if (counting->helpers.nr)
		e = walk_mailmap(&names, counting->a, counting->repo,
				 &counting->helpers);
	for (size_t i = 0; !e && i < names.nr; i++)
		if (counting->by(counting->data, names.at[i]))
			counting->own[counting->of.at[i]] = true;
	return e;
}

/* Of all commits that any of them brought. */
static struct err *find_own(struct counting *counting,
			    const struct shipped_list *list)
{
	uint32_t count = graph_count(counting->graph);
	struct oids ids = { 0 };
	struct err *e;

	counting->own = arena_alloc(counting->a, count + (size_t)1);
	for (size_t i = 0; i < list->nr; i++) {
		find_range(counting, &list->at[i]);
		for (size_t j = 0; j < counting->range.nr; j++)
			counting->own[counting->range.at[j]] = true;
	}
	for (uint32_t i = 0; i < count; i++) {
		if (counting->own[i] && !graph_is_merge(counting->graph, i))
			vec_push(counting->a, &ids,
				 graph_id(counting->graph, i));
		counting->own[i] = false;
	}
	e = walk_these(counting->repo, &ids, note_author, counting);
	return e ? e : note_all_helpers(counting);
}

/* --- all ----------------------------------------------------------------- */

static void count_range(struct counting *counting, struct shipped *one)
{
	find_range(counting, one);
	for (size_t i = 0; i < counting->range.nr; i++) {
		uint32_t commit = counting->range.at[i];

		if (graph_is_merge(counting->graph, commit))
			continue;
		one->commits++;
		one->own += counting->own && counting->own[commit];
	}
}

struct err *shipped_count(struct shipped_list *list, struct arena *a,
			  struct repo *repo, shipped_by_fn *by,
			  const void *data)
{
	struct counting counting = {
		.a = a, .repo = repo, .by = by, .data = data
	};
	struct oids tips = { 0 };
	struct err *e;

	for (size_t i = 0; i < list->nr; i++) {
		vec_push(a, &tips, list->at[i].to);
		if (!oid_is_zero(&list->at[i].from))
			vec_push(a, &tips, list->at[i].from);
	}
	if (!tips.nr)
		return NULL;
	e = graph_open(&counting.graph, repo, &tips);
	if (e)
		return e;
	counting.paint =
		arena_alloc(a, graph_count(counting.graph) + (size_t)1);
	if (by)
		e = find_own(&counting, list);
	for (size_t i = 0; !e && i < list->nr; i++)
		count_range(&counting, &list->at[i]);
	graph_close(counting.graph);
	return e;
}
