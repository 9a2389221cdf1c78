/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A fix that was reverted and landed again under its own title, on another day
 * and with other lines here and there, so that nothing else tells. The title
 * alone is not believed: the lines decide.
 */
#include "lineage/batch.h"
#include "lineage/likeness.h"

/* So many pairs of commits are compared. */
#define PAIRS_MAX 256

static bool is_change_member(const struct same_change *change,
			     const struct oid *id)
{
	for (size_t i = 0; i < change->members.nr; i++)
		if (oid_equal(&change->members.at[i].id, id))
			return true;
	return false;
}

/* Where objects are missing, it is not believed to be back. */
static struct err *is_fix_back(bool *out, struct repo *repo,
			       const struct oid *fix, const struct oid *again)
{
	struct err *e = likeness_nearly(out, repo, fix, again);

	if (!e || e->code != ERR_MISSING)
		return e;
	err_free(e);
	*out = false;
	return NULL;
}

static struct err *find_landed_again(struct batch *batch, struct column *column,
				     size_t *pairs)
{
	struct tracer *tracer = batch->tracer;
	struct oids again = { 0 };
	struct err *e = NULL;

	relations_again(&again, tracer->relations, &column->id);
	for (size_t i = 0; !e && i < again.nr && *pairs < PAIRS_MAX; i++) {
		bool back;

		if (is_change_member(&column->change, &again.at[i]))
			continue;
		++*pairs;
		e = is_fix_back(&back, tracer->repo, &column->id, &again.at[i]);
		if (!e && back)
			same_change_add(&column->change, tracer->relations,
					&again.at[i], VIA_AUTHOR);
	}
	return e;
}

struct err *landed_again_find(struct batch *batch)
{
	struct err *e = NULL;
	size_t pairs = 0;

	for (size_t i = 0; !e && i < batch->columns.nr; i++) {
		struct column *column = &batch->columns.at[i];

		if (!column->cause && column->here && column->change.depth)
			e = find_landed_again(batch, column, &pairs);
	}
	return e;
}
