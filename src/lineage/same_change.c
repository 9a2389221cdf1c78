/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/same_change.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "git/oidmap.h"

/* A family that is larger is no longer one change. */
#define MEMBERS_MAX 1024
/* Most families are not larger. */
#define FEW 16

/* An id in a message has at least so many digits (git/message.h). */
#define DIGITS_MIN 7

struct relations {
	struct arena *arena;
	const struct graph *graph;
	const struct ledger_entries *entries;
	const struct ledger_entry **by_value; /* sorted */
	struct oidmap first; /* from a commit to its first entry */
};

/* --- relations ---------------------------------------------------------- */

static int compare_values(const void *a, const void *b)
{
	const struct ledger_entry *one = *(const struct ledger_entry *const *)a;
	const struct ledger_entry *two = *(const struct ledger_entry *const *)b;
	int order = strcmp(one->value, two->value);

	return order ? order : one < two ? -1 : one > two;
}

struct relations *relations_new(struct arena *a,
				const struct ledger_entries *entries,
				const struct graph *graph)
{
	struct relations *relations = mem_calloc(1, sizeof(*relations));

	relations->arena = a;
	relations->graph = graph;
	relations->entries = entries;
	relations->by_value =
		mem_calloc(entries->nr + 1, sizeof(*relations->by_value));
	for (size_t i = 0; i < entries->nr; i++) {
		relations->by_value[i] = &entries->at[i];
		oidmap_add(&relations->first, &entries->at[i].commit, i);
	}
	qsort(relations->by_value, entries->nr, sizeof(*relations->by_value),
	      compare_values);
	return relations;
}

void relations_free(struct relations *relations)
{
	if (!relations)
		return;
	oidmap_release(&relations->first);
	free(relations->by_value);
	free(relations);
}

/* Where the first value is, or would be, that is not less than the `n` bytes.
 * */
static size_t find_saying(const struct relations *relations, const char *text,
			  size_t n)
{
	size_t low = 0, high = relations->entries->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strncmp(relations->by_value[middle]->value, text, n) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether a value names the commit whose id is `hex`. */
static bool names(const struct relations *relations, const char *value,
		  const char *hex, const struct oid *id)
{
	size_t n = strlen(value);
	uint32_t commit;

	if (n > OID_HEX || strncmp(value, hex, n))
		return false;
	if (!hex[n])
		return true;
	commit = graph_find(relations->graph, id);
	return commit == GRAPH_NONE ||
	       graph_find_prefix(relations->graph, value) == commit;
}

void relations_naming(struct sayings *out, struct relations *relations,
		      enum ledger_key key, const struct oid *id)
{
	char hex[OID_HEX + 1];

	oid_hex(hex, id);
	for (size_t i = find_saying(relations, hex, DIGITS_MIN);
	     i < relations->entries->nr; i++) {
		const struct ledger_entry *entry = relations->by_value[i];

		if (strncmp(entry->value, hex, DIGITS_MIN))
			break;
		if (entry->key == key &&
		    names(relations, entry->value, hex, id))
			vec_push(relations->arena, out, entry);
	}
}

/* The entries of a commit, those of two keys. */
static void said_by(struct sayings *out, struct relations *relations,
		    const struct oid *id, enum ledger_key key,
		    enum ledger_key other)
{
	const struct ledger_entries *entries = relations->entries;
	size_t at;

	if (!oidmap_get(&at, &relations->first, id))
		return;
	for (; at < entries->nr && oid_equal(&entries->at[at].commit, id); at++)
		if (entries->at[at].key == key || entries->at[at].key == other)
			vec_push(relations->arena, out, &entries->at[at]);
}

void relations_merges(struct merge_entries *out, struct relations *relations)
{
	const struct graph *graph = relations->graph;

	for (size_t i = 0; i < relations->entries->nr; i++) {
		const struct ledger_entry *entry = &relations->entries->at[i];
		const uint32_t *parents;
		uint32_t merge;
		size_t nr;

		if (entry->key != LEDGER_REVERT && entry->key != LEDGER_PICK &&
		    entry->key != LEDGER_UPSTREAM)
			continue;
		merge = graph_find_prefix(graph, entry->value);
		if (merge == GRAPH_NONE)
			continue;
		parents = graph_parents(&nr, graph, merge);
		if (nr > 1)
			vec_push(relations->arena, out,
				 (struct merge_entry){ merge, parents[0],
						       entry });
	}
}

/* --- members ------------------------------------------------------------ */

/* The member that a commit is at this depth; added if it is new. */
static uint32_t add_relative(struct same_change *change,
			     struct relations *relations, const struct oid *id,
			     enum via via, unsigned depth)
{
	struct member member = { .id = *id, .via = via, .depth = depth };

	for (uint32_t i = 0; i < change->members.nr; i++)
		if (change->members.at[i].depth == depth &&
		    oid_equal(&change->members.at[i].id, id))
			return i;
	member.commit = graph_find(relations->graph, id);
	vec_push(relations->arena, &change->members, member);
	if (depth > change->depth)
		change->depth = depth;
	return (uint32_t)change->members.nr - 1;
}

/* The commit that an id in a message means; false if it is not here and not
 * written in full. */
static bool resolve_relation(struct oid *out, const struct relations *relations,
			     const char *value)
{
	uint32_t commit;

	if (oid_is_full(value))
		return oid_parse(out, value);
	commit = graph_find_prefix(relations->graph, value);
	if (commit == GRAPH_NONE)
		return false;
	*out = graph_id(relations->graph, commit);
	return true;
}

/* Whether one of `said` names the commit. */
static bool is_said(const struct relations *relations,
		    const struct sayings *said, size_t nr, const struct oid *id)
{
	char hex[OID_HEX + 1];

	oid_hex(hex, id);
	for (size_t i = 0; i < nr; i++)
		if (names(relations, said->at[i]->value, hex, id))
			return true;
	return false;
}

/* Whether several picks in one message are one chain, in which the last names
 * all that were named before; else the commit is several changes in one. */
static bool is_reland_chain(struct relations *relations,
			    const struct sayings *said, const struct oid *last)
{
	struct sayings before = { 0 };
	struct oid id;

	said_by(&before, relations, last, LEDGER_PICK, LEDGER_UPSTREAM);
	for (size_t i = 0; i + 1 < said->nr; i++)
		if (!resolve_relation(&id, relations, said->at[i]->value) ||
		    (!oid_equal(&id, last) &&
		     !is_said(relations, &before, before.nr, &id)))
			return false;
	return true;
}

/* What is known through another member is known no better than that one. */
static enum via through(const struct member *member, enum via via)
{
	return member->via > via ? member->via : via;
}

/* What the member was picked from makes the same change. */
static void add_origin(struct same_change *change, struct relations *relations,
		       const struct member *member)
{
	struct sayings said = { 0 };
	struct oid last;

	said_by(&said, relations, &member->id, LEDGER_PICK, LEDGER_UPSTREAM);
	if (said.nr &&
	    resolve_relation(&last, relations, said.at[said.nr - 1]->value) &&
	    (said.nr == 1 || is_reland_chain(relations, &said, &last)))
		add_relative(change, relations, &last,
			     through(member, VIA_TRAILER), member->depth);
}

static void add_picks(struct same_change *change, struct relations *relations,
		      const struct member *member)
{
	struct sayings picks = { 0 };

	relations_naming(&picks, relations, LEDGER_PICK, &member->id);
	relations_naming(&picks, relations, LEDGER_UPSTREAM, &member->id);
	for (size_t i = 0; i < picks.nr; i++)
		add_relative(change, relations, &picks.at[i]->commit,
			     through(member, VIA_TRAILER), member->depth);
}

/* A commit with several Change-Ids is several changes in one: it holds each of
 * them, and none of them is it. */
static void add_same_change_id(struct same_change *change,
			       struct relations *relations,
			       const struct member *member)
{
	struct sayings own = { 0 };
	const char *value;

	said_by(&own, relations, &member->id, LEDGER_CHANGE_ID,
		LEDGER_CHANGE_ID);
	if (own.nr != 1)
		return;
	value = own.at[0]->value;
	for (size_t i = find_saying(relations, value, strlen(value) + 1);
	     i < relations->entries->nr; i++) {
		const struct ledger_entry *entry = relations->by_value[i];

		if (strcmp(entry->value, value))
			break;
		if (entry->key == LEDGER_CHANGE_ID)
			add_relative(change, relations, &entry->commit,
				     through(member, VIA_CHANGE_ID),
				     member->depth);
	}
}

static void add_reverts(struct same_change *change, struct relations *relations,
			uint32_t at)
{
	struct member member = change->members.at[at];
	struct sayings reverts = { 0 };

	relations_naming(&reverts, relations, LEDGER_REVERT, &member.id);
	for (size_t i = 0; i < reverts.nr; i++) {
		uint32_t revert =
			add_relative(change, relations, &reverts.at[i]->commit,
				     VIA_TRAILER, member.depth + 1);

		vec_push(relations->arena, &change->members.at[revert].targets,
			 at);
	}
}

/* All that follows from the members from `at` on. */
static void follow_relations(struct same_change *change,
			     struct relations *relations, uint32_t at)
{
	for (; at < change->members.nr && change->members.nr < MEMBERS_MAX;
	     at++) {
		struct member member = change->members.at[at];

		add_origin(change, relations, &member);
		add_picks(change, relations, &member);
		add_same_change_id(change, relations, &member);
		add_reverts(change, relations, at);
	}
}

void same_change_find(struct same_change *out, struct relations *relations,
		      const struct oid *id)
{
	*out = (struct same_change){ 0 };
	add_relative(out, relations, id, VIA_ANCESTOR, 0);
	follow_relations(out, relations, 0);
}

void same_change_add(struct same_change *change, struct relations *relations,
		     const struct oid *id, enum via via)
{
	uint32_t nr = (uint32_t)change->members.nr;

	if (add_relative(change, relations, id, via, 0) == nr)
		follow_relations(change, relations, nr);
}

void same_change_add_entry(struct same_change *change,
			   struct relations *relations,
			   const struct ledger_entry *entry)
{
	unsigned depth = entry->key == LEDGER_REVERT;
	uint32_t nr = (uint32_t)change->members.nr;
	uint32_t at = add_relative(change, relations, &entry->commit,
				   VIA_TRAILER, depth);

	if (depth)
		vec_push(relations->arena, &change->members.at[at].targets, 0);
	if (at == nr)
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

static bool is_target(const struct member *revert, uint32_t member)
{
	for (size_t i = 0; i < revert->targets.nr; i++)
		if (revert->targets.at[i] == member)
			return true;
	return false;
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
		if (members[i].depth || !is_here(judge, i))
			continue;
		if (best == UINT32_MAX ||
		    judge->in_effect[i] > judge->in_effect[best] ||
		    (judge->in_effect[i] == judge->in_effect[best] &&
		     members[i].via < members[best].via))
			best = i;
	}
	return best;
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
	if (nr > FEW) {
		free(judge.in_effect);
		free(judge.by);
	}
	return out;
}
