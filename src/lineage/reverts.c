/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/reverts.h"

#include <stdlib.h>
#include <string.h>

#include "git/mentions.h"
#include "git/oidmap.h"

/* How far back a revert of a revert of ... is followed out of the range. */
#define ROUNDS_MAX 16
/* The order of what is not a revert of the range: older than all of those. */
#define OLD SIZE_MAX

struct indexes VEC_OF(size_t);

/* A commit that reverts or is reverted. */
struct node {
	struct digest_commit commit;
	bool known;
	size_t order;
	struct indexes targets; /* what it takes back */
	size_t reverters;       /* by how many it is taken back */
	/* Found when all its reverters are: */
	bool out;     /* one of them is in effect */
	size_t times; /* reverts above it */
	size_t last;  /* the newest commit that brought this state; NONE */
};

#define NONE SIZE_MAX

struct revert_graph {
	struct arena *arena;
	struct repo *repo;
	const struct oidset *range;
	struct VEC_OF(struct node) nodes;
	struct oidmap by_id;
	struct oidmap unknown; /* by the digits, filled up with zeros */
};

/* A target that is written and not yet resolved. */
struct link {
	size_t from;
	const char *id;
};
struct links VEC_OF(struct link);

struct digest_commit reverts_keep(struct arena *a, const struct commit *commit)
{
	struct digest_commit copy = { .id = commit->id,
				      .authored = commit->authored };

	copy.subject = arena_strdup(a, commit->subject);
	copy.author.name = arena_strdup(a, commit->author.name);
	copy.author.mail = arena_strdup(a, commit->author.mail);
	return copy;
}

struct digest_commit reverts_unknown(const char *id)
{
	struct digest_commit commit = { .abbrev = id };

	if (!oid_is_full(id) || !oid_parse(&commit.id, id))
		memset(&commit.id, 0, sizeof(commit.id));
	return commit;
}

/* Whether two ids as written can be one. */
static bool may_be_one(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);

	return !strncmp(a, b, n < m ? n : m);
}

static bool is_revert_repeated(const struct revert_claims *claims,
			       const struct revert_claim *claim)
{
	for (size_t i = 0; claim->merge && i < claims->nr; i++) {
		const struct revert_claim *other = &claims->at[i];

		if (!other->merge && other->order > claim->order &&
		    may_be_one(other->id, claim->id))
			return true;
	}
	return false;
}

void reverts_drop_repeated(struct revert_claims *claims)
{
	size_t kept = 0;

	for (size_t i = 0; i < claims->nr; i++)
		if (!is_revert_repeated(claims, &claims->at[i]))
			claims->at[kept++] = claims->at[i];
	claims->nr = kept;
}

/* --- building ----------------------------------------------------------- */

static size_t add_claim_node(struct revert_graph *g,
			     const struct digest_commit *commit, size_t order,
			     bool known)
{
	vec_push(g->arena, &g->nodes,
		 (struct node){ .commit = *commit,
				.known = known,
				.order = order,
				.last = NONE });
	return g->nodes.nr - 1;
}

static size_t known_node(struct revert_graph *g,
			 const struct digest_commit *commit, size_t order)
{
	size_t at;

	if (oidmap_get(&at, &g->by_id, &commit->id))
		return at;
	at = add_claim_node(g, commit, order, true);
	oidmap_add(&g->by_id, &commit->id, at);
	return at;
}

static size_t unknown_node(struct revert_graph *g, const char *id)
{
	char hex[OID_HEX + 1];
	struct digest_commit commit = reverts_unknown(id);
	struct oid key = { { 0 } };
	size_t at, n = strlen(id);

	memset(hex, '0', OID_HEX);
	memcpy(hex, id, n < OID_HEX ? n : OID_HEX);
	hex[OID_HEX] = '\0';
	oid_parse(&key, hex);
	if (oidmap_get(&at, &g->unknown, &key))
		return at;
	at = add_claim_node(g, &commit, OLD, false);
	oidmap_add(&g->unknown, &key, at);
	return at;
}

/* A target from outside the range may be a revert itself: its own targets go
 * to `more`. */
static size_t found_node(struct revert_graph *g, const struct commit *commit,
			 struct links *more)
{
	struct digest_commit kept;
	struct mentions mentions = { 0 };
	size_t at;

	if (oidmap_get(&at, &g->by_id, &commit->id))
		return at;
	kept = reverts_keep(g->arena, commit);
	at = known_node(g, &kept, OLD);
	if (!oidset_has(g->range, &commit->id))
		message_mentions(&mentions, g->arena, commit->message);
	for (size_t i = 0; i < mentions.nr; i++)
		if (mentions.at[i].type == MENTION_REVERT)
			vec_push(g->arena, more,
				 (struct link){ at, mentions.at[i].id });
	return at;
}

static void join_nodes(struct revert_graph *g, size_t from, size_t to)
{
	struct indexes *targets = &g->nodes.at[from].targets;

	for (size_t i = 0; i < targets->nr; i++)
		if (targets->at[i] == to)
			return;
	vec_push(g->arena, targets, to);
	g->nodes.at[to].reverters++;
}

/* Resolves all `links` by one question and gathers what they lead to. */
static struct err *follow_links(struct links *more, struct revert_graph *g,
				const struct links *links)
{
	struct strs names = { 0 };
	struct commits commits = { 0 };
	struct err *e;

	for (size_t i = 0; i < links->nr; i++)
		vec_push(g->arena, &names, links->at[i].id);
	e = walk_many(&commits, g->arena, g->repo, &names);
	for (size_t i = 0; !e && i < links->nr; i++) {
		const struct commit *commit = &commits.at[i];
		size_t to = oid_is_zero(&commit->id)
				    ? unknown_node(g, names.at[i])
				    : found_node(g, commit, more);

		join_nodes(g, links->at[i].from, to);
	}
	return e;
}

static struct err *build_graph(struct revert_graph *g,
			       const struct revert_claims *claims)
{
	struct links links = { 0 };
	struct err *e = NULL;

	for (size_t i = 0; i < claims->nr; i++) {
		const struct revert_claim *claim = &claims->at[i];
		size_t from = known_node(g, &claim->by, claim->order);

		vec_push(g->arena, &links, (struct link){ from, claim->id });
	}
	for (int round = 0; !e && links.nr && round < ROUNDS_MAX; round++) {
		struct links more = { 0 };

		e = follow_links(&more, g, &links);
		links = more;
	}
	return e;
}

/* --- judging ------------------------------------------------------------ */

/* The newer of two nodes by the walk; NONE is not a node. */
static size_t newer(const struct revert_graph *g, size_t a, size_t b)
{
	if (a == NONE || b == NONE)
		return a == NONE ? b : a;
	return g->nodes.at[a].order <= g->nodes.at[b].order ? a : b;
}

/* `at` is judged: tells its target. A revert in effect takes the target out,
 * as does whatever brought it back into effect itself; one that is out leaves
 * the target in, by the hand of what took it out. */
static void tell_target(struct revert_graph *g, size_t at, size_t to)
{
	const struct node *revert = &g->nodes.at[at];
	struct node *target = &g->nodes.at[to];
	size_t last = revert->last;

	target->times += 1 + revert->times;
	if (!revert->out) {
		if (!target->out)
			target->last = NONE;
		target->out = true;
		last = newer(g, last, at);
	}
	if (revert->out != target->out)
		target->last = newer(g, target->last, last);
}

/* From the reverts that nobody reverts down to what they took back. What is
 * in a circle (abbreviations can be made to fit) is never judged. */
static void judge_nodes(struct revert_graph *g)
{
	struct indexes ready = { 0 };

	for (size_t i = 0; i < g->nodes.nr; i++)
		if (!g->nodes.at[i].reverters)
			vec_push(g->arena, &ready, i);
	for (size_t i = 0; i < ready.nr; i++) {
		size_t at = ready.at[i];
		const struct indexes *targets = &g->nodes.at[at].targets;

		for (size_t t = 0; t < targets->nr; t++) {
			size_t to = targets->at[t];

			tell_target(g, at, to);
			if (!--g->nodes.at[to].reverters)
				vec_push(g->arena, &ready, to);
		}
	}
}

struct found {
	struct digest_revert revert;
	size_t order;
};

static int by_order(const void *a, const void *b)
{
	const struct found *one = a, *two = b;

	if (one->order != two->order)
		return one->order < two->order ? -1 : 1;
	return memcmp(one->revert.reverted.id.raw, two->revert.reverted.id.raw,
		      OID_RAW);
}

static void collect_reverts(struct digest_reverts *out,
			    const struct revert_graph *g)
{
	struct VEC_OF(struct found) all = { 0 };

	for (size_t i = 0; i < g->nodes.nr; i++) {
		const struct node *node = &g->nodes.at[i], *last;
		struct found found = { .revert.times = node->times };

		if (node->targets.nr || node->reverters || !node->out)
			continue;
		last = &g->nodes.at[node->last];
		if (last->order == OLD)
			continue;
		found.order = last->order;
		found.revert.revert = last->commit;
		found.revert.reverted = node->commit;
		found.revert.reverted_known = node->known;
		vec_push(g->arena, &all, found);
	}
	if (all.nr)
		qsort(all.at, all.nr, sizeof(*all.at), by_order);
	for (size_t i = 0; i < all.nr; i++)
		vec_push(g->arena, out, all.at[i].revert);
}

struct err *reverts_resolve(struct digest_reverts *out, struct arena *a,
			    struct repo *repo,
			    const struct revert_claims *claims,
			    const struct oidset *range)
{
	struct revert_graph g = { .arena = a, .repo = repo, .range = range };
	struct err *e = build_graph(&g, claims);

	if (!e) {
		judge_nodes(&g);
		collect_reverts(out, &g);
	}
	oidmap_release(&g.by_id);
	oidmap_release(&g.unknown);
	return e;
}
