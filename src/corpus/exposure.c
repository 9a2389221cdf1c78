/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/exposure.h"

#include <stdlib.h>
#include <string.h>

#include "git/graph.h"
#include "git/ledger.h"
#include "git/lookup.h"
#include "git/reach.h"
#include "git/rev.h"
#include "git/walk.h"

struct loader {
	struct arena *a;
	struct corpus *corpus;
	const struct release_lines *lines;
	struct oids tips; /* lines and HEAD */
	struct ledger_entries entries;
	struct questions questions;
	struct retros retros; /* of each question */
};

/* --- what retros name --------------------------------------------------- */

/* A name that is written in full is an id, whether or not it is here. */
static void add_claimed_name(struct oids *out, bool *lost, struct arena *a,
			     const char *name, const struct oid *known)
{
	struct oid id = *known;

	if (!oid_is_zero(&id) || (oid_is_full(name) && oid_parse(&id, name)))
		vec_push(a, out, id);
	else
		*lost = true;
}

static struct err *ask_retros(struct loader *loader,
			      const struct retros *retros)
{
	struct strs names = { 0 };
	struct oid *ids;
	struct err *e;
	size_t at = 0;

	for (size_t i = 0; i < retros->nr; i++) {
		strs_append(loader->a, &names, &retros->at[i]->commits.cause);
		strs_append(loader->a, &names, &retros->at[i]->commits.fix);
	}
	ids = arena_alloc(loader->a, (names.nr + 1) * sizeof(*ids));
	e = lookup_ids(ids, loader->corpus->repo, &names);
	for (size_t i = 0; !e && i < retros->nr; i++) {
		const struct links *links = &retros->at[i]->commits;
		struct question question = { 0 };

		for (size_t j = 0; j < links->cause.nr; j++)
			add_claimed_name(&question.cause, &question.cause_lost,
					 loader->a, links->cause.at[j],
					 &ids[at++]);
		for (size_t j = 0; j < links->fix.nr; j++)
			add_claimed_name(&question.fix, &question.fix_lost,
					 loader->a, links->fix.at[j],
					 &ids[at++]);
		vec_push(loader->a, &loader->questions, question);
		vec_push(loader->a, &loader->retros, retros->at[i]);
	}
	return e;
}

/* --- what names retros -------------------------------------------------- */

/* A commit that says in a trailer that it is a cause or a fix. */
struct claim {
	size_t question;
	bool cause;
	const struct ledger_entry *entry;
};
struct claims VEC_OF(struct claim);

static struct oids *question_side(struct question *question, bool cause)
{
	return cause ? &question->cause : &question->fix;
}

static bool has_oid(const struct oids *ids, const struct oid *id)
{
	for (size_t i = 0; i < ids->nr; i++)
		if (oid_equal(&ids->at[i], id))
			return true;
	return false;
}

static int oldest_exposed_first(const void *a, const void *b)
{
	const struct claim *one = a, *two = b;
	int64_t first = one->entry->committed.seconds;
	int64_t second = two->entry->committed.seconds;

	if (first != second)
		return first < second ? -1 : 1;
	return one->entry < two->entry ? -1 : one->entry > two->entry;
}

/* The oldest first: a pick is held to what it was picked from. */
static void find_claims(struct claims *out, const struct loader *loader)
{
	for (size_t i = 0; i < loader->entries.nr; i++) {
		const struct ledger_entry *entry = &loader->entries.at[i];

		if (entry->key != LEDGER_RETRO_CAUSE &&
		    entry->key != LEDGER_RETRO_FIX)
			continue;
		for (size_t j = 0; j < loader->retros.nr; j++)
			if (!strcmp(loader->retros.at[j]->id, entry->value))
				vec_push(loader->a, out,
					 (struct claim){
						 j,
						 entry->key ==
							 LEDGER_RETRO_CAUSE,
						 entry });
	}
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), oldest_exposed_first);
}

/* All that is needed to tell whether a claim is one more commit, or a pick of
 * one that is named. */
struct sorter {
	struct loader *loader;
	struct graph *graph;
	struct VEC_OF(uint32_t) commits; /* each that is named, each claim's */
	struct reach reach;              /* tips, commits */
	struct VEC_OF(uint64_t) origins;
	struct oids ids;
};

static size_t commit_place(const struct sorter *sorter, const struct oid *id)
{
	size_t i = 0;

	while (!oid_equal(&sorter->ids.at[i], id))
		i++;
	return i;
}

static void gather_claims(struct sorter *sorter, const struct claims *claims)
{
	struct loader *loader = sorter->loader;

	for (size_t i = 0; i < claims->nr; i++) {
		const struct claim *claim = &claims->at[i];
		const struct oids *named = question_side(
			&loader->questions.at[claim->question], claim->cause);

		vec_push(loader->a, &sorter->ids, claim->entry->commit);
		for (size_t j = 0; j < named->nr; j++)
			if (!has_oid(&sorter->ids, &named->at[j]))
				vec_push(loader->a, &sorter->ids, named->at[j]);
	}
}

static struct err *read_origins(struct sorter *sorter)
{
	struct arena *a = sorter->loader->a;
	struct commits commits = { 0 };
	struct strs names = { 0 };
	char hex[OID_HEX + 1];
	struct err *e;

	for (size_t i = 0; i < sorter->ids.nr; i++)
		vec_push(a, &names,
			 arena_strdup(a, oid_hex(hex, &sorter->ids.at[i])));
	e = walk_many(&commits, a, sorter->loader->corpus->repo, &names);
	for (size_t i = 0; !e && i < commits.nr; i++)
		vec_push(a, &sorter->origins,
			 oid_is_zero(&commits.at[i].id)
				 ? 0
				 : ledger_origin(&commits.at[i]));
	return e;
}

static void read_reach(struct sorter *sorter)
{
	struct loader *loader = sorter->loader;
	uint32_t *tips =
		arena_alloc(loader->a, (loader->tips.nr + 1) * sizeof(*tips));

	for (size_t i = 0; i < loader->tips.nr; i++)
		tips[i] = graph_find(sorter->graph, &loader->tips.at[i]);
	for (size_t i = 0; i < sorter->ids.nr; i++)
		vec_push(loader->a, &sorter->commits,
			 graph_find(sorter->graph, &sorter->ids.at[i]));
	reach_each(
		&sorter->reach, loader->a, sorter->graph,
		(struct commit_set){ tips, loader->tips.nr },
		(struct commit_set){ sorter->commits.at, sorter->commits.nr });
}

static bool held_together(const struct sorter *sorter, size_t one, size_t two)
{
	for (size_t i = 0; i < sorter->loader->tips.nr; i++)
		if (reach_has(&sorter->reach, i, one) &&
		    reach_has(&sorter->reach, i, two))
			return true;
	return false;
}

static void settle_claim(struct sorter *sorter, const struct claim *claim)
{
	struct arena *a = sorter->loader->a;
	struct question *question =
		&sorter->loader->questions.at[claim->question];
	struct oids *named = question_side(question, claim->cause);
	size_t own = commit_place(sorter, &claim->entry->commit);
	bool alias = false;

	if (has_oid(named, &claim->entry->commit))
		return;
	for (size_t i = 0; i < named->nr; i++) {
		size_t other = commit_place(sorter, &named->at[i]);

		if (sorter->origins.at[own] != sorter->origins.at[other] &&
		    held_together(sorter, own, other))
			continue;
		vec_push(a, &question->aliases,
			 (struct alias){ claim->entry->commit, named->at[i] });
		alias = true;
	}
	if (!alias)
		vec_push(a, named, claim->entry->commit);
}

static struct err *settle_claims(struct loader *loader,
				 const struct claims *claims)
{
	struct sorter sorter = { .loader = loader };
	struct err *e;

	gather_claims(&sorter, claims);
	e = read_origins(&sorter);
	if (!e)
		e = graph_open(&sorter.graph, loader->corpus->repo,
			       &loader->tips);
	if (e)
		return e;
	read_reach(&sorter);
	for (size_t i = 0; i < claims->nr; i++)
		settle_claim(&sorter, &claims->at[i]);
	graph_close(sorter.graph);
	return NULL;
}

/* --- the whole ---------------------------------------------------------- */

static struct err *find_line_tips(struct loader *loader)
{
	for (size_t i = 0; i < loader->lines->nr; i++)
		vec_push(loader->a, &loader->tips, loader->lines->at[i].commit);
	return rev_add_head(&loader->tips, loader->a, loader->corpus->repo);
}

static struct err *ask_exposure(struct loader *loader,
				const struct retros *retros)
{
	struct claims claims = { 0 };
	struct err *e = find_line_tips(loader);

	if (!e)
		e = ask_retros(loader, retros);
	if (!e)
		e = ledger_load(&loader->entries, loader->a,
				loader->corpus->repo, &loader->tips);
	if (e)
		return e;
	find_claims(&claims, loader);
	return claims.nr ? settle_claims(loader, &claims) : NULL;
}

/* Leaves out those that ask for nothing. */
static void drop_unlinked(struct loader *loader)
{
	size_t kept = 0;

	for (size_t i = 0; i < loader->questions.nr; i++) {
		const struct question *question = &loader->questions.at[i];

		if (!question->cause.nr && !question->fix.nr &&
		    !question->cause_lost && !question->fix_lost)
			continue;
		loader->questions.at[kept] = *question;
		loader->retros.at[kept++] = loader->retros.at[i];
	}
	loader->questions.nr = loader->retros.nr = kept;
}

struct err *exposure_load(struct exposures *out, struct corpus *corpus,
			  const struct retros *retros,
			  const struct release_lines *lines)
{
	struct arena *a = corpus->arena;
	struct loader *loader = arena_alloc(a, sizeof(*loader));
	struct traces traces = { 0 };
	struct err *e;

	*loader = (struct loader){ .a = a, .corpus = corpus, .lines = lines };
	*out = (struct exposures){ .lines = lines };
	e = ask_exposure(loader, retros);
	if (e)
		return e;
	drop_unlinked(loader);
	if (!loader->questions.nr)
		return NULL;
	e = trace_run(&traces, a, corpus->repo, lines, &loader->questions);
	for (size_t i = 0; !e && i < traces.nr; i++)
		vec_push(a, out,
			 (struct exposure){ loader->retros.at[i],
					    &traces.at[i] });
	return e;
}
