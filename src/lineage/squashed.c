/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reverts inside of a squash: its message lists one, "* Revert "T"" and "This
 * reverts commit X", among others. Another one in that list may have undone it,
 * so the lines tell whether the squash takes X back.
 */
#include "lineage/batch.h"
#include "lineage/likeness.h"

/* So many pairs of commits are compared for one change. */
#define PAIRS_MAX 256

/* Where objects are missing, what would be good news is not believed: of a fix
 * that it is still in, of a cause that it is out. */
static struct err *is_squash_taken_back(bool *out, const struct batch *batch,
					const struct column *column,
					uint32_t at, const struct oid *squash)
{
	const struct member *member = &column->change.members.at[at];
	struct err *e =
		likeness_back(out, batch->tracer->repo, &member->id, squash);

	if (!e || e->code != ERR_MISSING)
		return e;
	err_free(e);
	*out = (member->depth % 2 == 0) != column->cause;
	return NULL;
}

/* Whether the squash came after the member, and is none itself. */
static bool may_take_back(const struct graph *graph, uint32_t member,
			  const struct oid *squash)
{
	uint32_t commit = graph_find(graph, squash);

	return member != GRAPH_NONE && commit != GRAPH_NONE &&
	       commit != member && !graph_is_merge(graph, commit) &&
	       reach_one(graph, commit, member);
}

static struct err *find_squashed(struct batch *batch, struct column *column,
				 uint32_t at, size_t *pairs)
{
	const struct graph *graph = batch->tracer->graph;
	struct relations *relations = batch->tracer->relations;
	const struct member member = column->change.members.at[at];
	struct sayings said = { 0 };
	struct err *e = NULL;

	relations_naming(&said, relations, LEDGER_REVERT_LISTED, &member.id);
	for (size_t i = 0; !e && i < said.nr; i++) {
		const struct oid *squash = &said.at[i]->commit;
		bool back;

		if (!may_take_back(graph, member.commit, squash))
			continue;
		column->change.more |= ++*pairs > PAIRS_MAX;
		if (column->change.more)
			break;
		e = is_squash_taken_back(&back, batch, column, at, squash);
		if (!e && back)
			same_change_add_entry(
				&column->change, relations,
				&(struct merge_entry){ .commit = *squash,
						       .reverts = true },
				at);
	}
	return e;
}

struct err *squashed_find(struct batch *batch)
{
	struct err *e = NULL;

	for (size_t i = 0; i < batch->columns.nr; i++) {
		struct column *column = &batch->columns.at[i];
		size_t pairs = 0;

		for (uint32_t at = 0;
		     !e && column->here && at < column->change.members.nr; at++)
			if (!column->change.members.at[at].part)
				e = find_squashed(batch, column, at, &pairs);
	}
	return e;
}
