/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/same_change.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A family that is larger is no longer one change. */
#define MEMBERS_MAX 1024
/* Nor are reverts of reverts of ... more than a circle. */
#define DEPTH_MAX 64
/* Most families are not larger. */
#define FEW 16

/* --- members ------------------------------------------------------------ */

/* The member that a commit is at this depth; added if it is new. Of two ways to
 * know it the surer one counts. */
static uint32_t add_relative(struct same_change *change,
			     const struct relations *relations,
			     const struct member *member)
{
	struct member copy = *member;

	for (uint32_t i = 0; i < change->members.nr; i++) {
		struct member *at = &change->members.at[i];

		if (at->depth != member->depth || at->part != member->part ||
		    !oid_equal(&at->id, &member->id))
			continue;
		if (member->via < at->via)
			at->via = member->via;
		return i;
	}
	copy.commit = graph_find(relations_graph(relations), &member->id);
	vec_push(change->arena, &change->members, copy);
	if (copy.depth > change->depth)
		change->depth = copy.depth;
	return (uint32_t)change->members.nr - 1;
}

/* One that makes what `of` makes; known through that, it is known no better. */
static void add_same(struct same_change *change,
		     const struct relations *relations, const struct member *of,
		     const struct oid *id, enum via via)
{
	add_relative(change, relations,
		     &(struct member){ .id = *id,
				       .via = of->via > via ? of->via : via,
				       .depth = of->depth });
}

/* Whether one of `said` names the commit. */
static bool is_said(const struct relations *relations,
		    const struct sayings *said, const struct oid *id)
{
	for (size_t i = 0; i < said->nr; i++)
		if (relations_names(relations, said->at[i]->value, id))
			return true;
	return false;
}

/* Whether several picks in one message are one chain, in which the last names
 * all that were named before; else the commit is several changes in one. */
static bool is_pick_chain(struct relations *relations,
			  const struct sayings *said, const struct oid *last)
{
	struct sayings before = { 0 };
	struct oid id;

	relations_said(&before, relations, last, LEDGER_PICK, LEDGER_UPSTREAM);
	for (size_t i = 0; i + 1 < said->nr; i++)
		if (!relations_resolve(&id, relations, said->at[i]->value) ||
		    (!oid_equal(&id, last) &&
		     !is_said(relations, &before, &id)))
			return false;
	return true;
}

/* What the member was picked from makes the same change. */
static void add_origin(struct same_change *change, struct relations *relations,
		       const struct member *member)
{
	struct sayings said = { 0 };
	struct oid last;

	relations_said(&said, relations, &member->id, LEDGER_PICK,
		       LEDGER_UPSTREAM);
	if (said.nr &&
	    relations_resolve(&last, relations, said.at[said.nr - 1]->value) &&
	    (said.nr == 1 || is_pick_chain(relations, &said, &last)))
		add_same(change, relations, member, &last, VIA_TRAILER);
}

static void add_picks(struct same_change *change, struct relations *relations,
		      const struct member *member)
{
	struct sayings picks = { 0 };

	relations_naming(&picks, relations, LEDGER_PICK, &member->id);
	relations_naming(&picks, relations, LEDGER_UPSTREAM, &member->id);
	for (size_t i = 0; i < picks.nr; i++)
		add_same(change, relations, member, &picks.at[i]->commit,
			 VIA_TRAILER);
}

/* A part of a revert is none. */
static void add_parts(struct same_change *change, struct relations *relations,
		      const struct member *member)
{
	struct sayings parts = { 0 };

	if (member->depth)
		return;
	relations_naming(&parts, relations, LEDGER_PART, &member->id);
	for (size_t i = 0; i < parts.nr; i++)
		add_relative(change, relations,
			     &(struct member){ .id = parts.at[i]->commit,
					       .via = VIA_TRAILER,
					       .part = true });
}

/* A commit with several Change-Ids is several changes in one: it contains each of
 * them, and none of them is it. */
static void add_same_change_id(struct same_change *change,
			       struct relations *relations,
			       const struct member *member)
{
	struct sayings own = { 0 }, others = { 0 };

	relations_said(&own, relations, &member->id, LEDGER_CHANGE_ID,
		       LEDGER_CHANGE_ID);
	if (own.nr != 1)
		return;
	relations_valued(&others, relations, LEDGER_CHANGE_ID,
			 own.at[0]->value);
	for (size_t i = 0; i < others.nr; i++)
		add_same(change, relations, member, &others.at[i]->commit,
			 VIA_CHANGE_ID);
}

static void add_change_twins(struct same_change *change,
			     struct relations *relations,
			     const struct member *member)
{
	struct oids twins = { 0 }, requests = { 0 };

	relations_twins(&twins, relations, &member->id);
	for (size_t i = 0; i < twins.nr; i++)
		add_same(change, relations, member, &twins.at[i], VIA_AUTHOR);
	relations_requests(&requests, relations, &member->id);
	for (size_t i = 0; i < requests.nr; i++)
		add_same(change, relations, member, &requests.at[i],
			 VIA_REQUEST);
}

static void find_members(struct same_change *change,
			 struct relations *relations, const struct oid *id);

/* Two commits that take the same back make the same change. One that takes back
 * more than one commit is several changes. */
static void add_same_reverts(struct same_change *change,
			     struct relations *relations,
			     const struct member *member)
{
	struct sayings said = { 0 };
	struct same_change target;
	struct oid id;

	relations_said(&said, relations, &member->id, LEDGER_REVERT,
		       LEDGER_REVERT);
	if (said.nr != 1 || member->depth || change->nested ||
	    !relations_resolve(&id, relations, said.at[0]->value))
		return;
	target = (struct same_change){ .arena = change->arena, .nested = true };
	find_members(&target, relations, &id);
	for (size_t i = 0; i < target.members.nr; i++)
		if (target.members.at[i].depth == 1)
			add_same(change, relations, member,
				 &target.members.at[i].id, VIA_TRAILER);
}

static bool is_target(const struct member *revert, uint32_t member)
{
	for (size_t i = 0; i < revert->targets.nr; i++)
		if (revert->targets.at[i] == member)
			return true;
	return false;
}

/* A commit that reverts the member `at`. */
static void add_revert(struct same_change *change,
		       const struct relations *relations, const struct oid *id,
		       uint32_t at)
{
	unsigned depth = change->members.at[at].depth + 1;
	uint32_t revert = add_relative(change, relations,
				       &(struct member){ .id = *id,
							 .via = VIA_TRAILER,
							 .depth = depth });

	if (!is_target(&change->members.at[revert], at))
		vec_push(change->arena, &change->members.at[revert].targets,
			 at);
}

static void add_reverts(struct same_change *change, struct relations *relations,
			uint32_t at)
{
	const struct oid id = change->members.at[at].id;
	struct sayings reverts = { 0 };

	relations_reverting(&reverts, relations, &id);
	for (size_t i = 0; i < reverts.nr; i++)
		add_revert(change, relations, &reverts.at[i]->commit, at);
}

/* All that follows from the members from `at` on. */
static void follow_relations(struct same_change *change,
			     struct relations *relations, uint32_t at)
{
	for (; at < change->members.nr && !change->more; at++) {
		struct member member = change->members.at[at];

		if (member.part)
			continue;
		add_origin(change, relations, &member);
		add_picks(change, relations, &member);
		add_parts(change, relations, &member);
		add_same_change_id(change, relations, &member);
		add_change_twins(change, relations, &member);
		add_same_reverts(change, relations, &member);
		add_reverts(change, relations, at);
		change->more = change->members.nr > MEMBERS_MAX ||
			       change->depth > DEPTH_MAX;
	}
}

static void find_members(struct same_change *change,
			 struct relations *relations, const struct oid *id)
{
	add_relative(change, relations,
		     &(struct member){ .id = *id, .via = VIA_ANCESTOR });
	follow_relations(change, relations, 0);
}

void same_change_find(struct same_change *out, struct arena *a,
		      struct relations *relations, const struct oid *id)
{
	*out = (struct same_change){ .arena = a };
	find_members(out, relations, id);
}

/* What is known through it may be known better now. */
void same_change_add(struct same_change *change, struct relations *relations,
		     const struct oid *id, enum via via)
{
	follow_relations(
		change, relations,
		add_relative(change, relations,
			     &(struct member){ .id = *id, .via = via }));
}

void same_change_add_entry(struct same_change *change,
			   struct relations *relations,
			   const struct merge_entry *entry, uint32_t at)
{
	const struct member member = change->members.at[at];
	uint32_t nr = (uint32_t)change->members.nr;

	if (entry->reverts)
		add_revert(change, relations, &entry->commit, at);
	else
		add_same(change, relations, &member, &entry->commit,
			 entry->via);
	follow_relations(change, relations, nr);
}

/* --- judging ------------------------------------------------------------ */

struct judge {
	const struct same_change *change;
	const struct held *held;
	bool doubt;
	bool *in_effect; /* of each member, deeper ones first */
	uint32_t *by;    /* what took it back; UINT32_MAX if nothing did */
};

static bool is_here(const struct judge *judge, uint32_t member)
{
	const struct held *held = judge->held;

	return reach_has(held->lines, held->line, held->first + member);
}

/* Whether a revert that is in effect takes this member back. One that names
 * another of the same change does, if it came after this one. */
static bool takes_back(const struct judge *judge, uint32_t revert,
		       uint32_t member)
{
	const struct member *of = &judge->change->members.at[member];
	const struct reach *among = judge->held->among;
	size_t r = judge->held->own + revert, m = judge->held->own + member;
	/* Down a level, a doubt that keeps the change in effect is one that
	 * takes the revert back. */
	bool keep = (of->depth % 2 == 0) == judge->doubt;

	if (is_target(&judge->change->members.at[revert], member))
		return true;
	return keep ? reach_has(among, r, m) : !reach_has(among, m, r);
}

static void judge_member(struct judge *judge, uint32_t at)
{
	const struct member *members = judge->change->members.at;

	judge->by[at] = UINT32_MAX;
	judge->in_effect[at] = is_here(judge, at);
	for (uint32_t i = 0;
	     judge->in_effect[at] && i < judge->change->members.nr; i++)
		if (members[i].depth == members[at].depth + 1 &&
		    judge->in_effect[i] && takes_back(judge, i, at)) {
			judge->in_effect[at] = false;
			judge->by[at] = i;
		}
}

/* The member that speaks for the line: one in effect before one that is not,
 * then in the order of enum via. */
static uint32_t choose_relative(const struct judge *judge)
{
	const struct member *members = judge->change->members.at;
	uint32_t best = UINT32_MAX;

	for (uint32_t i = 0; i < judge->change->members.nr; i++) {
		if (members[i].depth || members[i].part || !is_here(judge, i))
			continue;
		if (best == UINT32_MAX ||
		    judge->in_effect[i] > judge->in_effect[best] ||
		    (judge->in_effect[i] == judge->in_effect[best] &&
		     members[i].via < members[best].via))
			best = i;
	}
	return best;
}

/* What the line contains of the change in part. */
static struct oid find_change_part(const struct judge *judge)
{
	const struct member *members = judge->change->members.at;

	for (uint32_t i = 0; i < judge->change->members.nr; i++)
		if (members[i].part && is_here(judge, i))
			return members[i].id;
	return (struct oid){ { 0 } };
}

/* Nothing is picked and nothing reverted: the rule. */
static struct holding judge_alone(const struct same_change *change,
				  const struct held *held)
{
	struct holding out = { 0 };

	if (reach_has(held->lines, held->line, held->first)) {
		out.via = VIA_ANCESTOR;
		out.by = change->members.at[0].id;
		out.in_effect = true;
	}
	return out;
}

struct holding same_change_judge(const struct same_change *change,
				 const struct held *held, bool doubt)
{
	size_t nr = change->members.nr;
	bool in_effect[FEW];
	uint32_t by[FEW], best;
	struct judge judge = { change, held, doubt, NULL, NULL };
	struct holding out = { 0 };

	if (nr == 1)
		return judge_alone(change, held);
	judge.in_effect = nr <= FEW ? in_effect : mem_calloc(nr, sizeof(bool));
	judge.by = nr <= FEW ? by : mem_calloc(nr, sizeof(uint32_t));
	for (unsigned depth = change->depth + 1; depth-- > 0;)
		for (uint32_t i = 0; i < nr; i++)
			if (change->members.at[i].depth == depth)
				judge_member(&judge, i);
	best = choose_relative(&judge);
	if (best != UINT32_MAX) {
		out.via = change->members.at[best].via;
		out.by = change->members.at[best].id;
		out.in_effect = judge.in_effect[best];
		if (!out.in_effect)
			out.reverted_by = change->members.at[judge.by[best]].id;
	}
	if (!out.in_effect)
		out.part = find_change_part(&judge);
	if (nr > FEW) {
		free(judge.in_effect);
		free(judge.by);
	}
	return out;
}
