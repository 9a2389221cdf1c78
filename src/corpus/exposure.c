/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/exposure.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/sorted.h"
#include "git/graph.h"
#include "git/ledger.h"
#include "git/lookup.h"
#include "git/oidmap.h"
#include "git/reach.h"
#include "git/rev.h"
#include "git/walk.h"

/* A problem that a question is about. */
struct asked_problem {
	const struct retro *retro;
	size_t nr; /* of the retro, in the order that was asked for */
	const struct problem *problem;
};

struct loader {
	struct arena *a;
	struct corpus *corpus;
	const struct release_lines *lines;
	const struct retros *retros;
	struct oids tips; /* lines and HEAD */
	struct trace_base base;
	struct questions questions;
	struct VEC_OF(struct asked_problem) asked; /* of each question */
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

static void add_claimed_names(struct oids *out, bool *lost, struct arena *a,
			      const struct strs *names,
			      const struct oid **known)
{
	for (size_t i = 0; i < names->nr; i++)
		add_claimed_name(out, lost, a, names->at[i], (*known)++);
}

static size_t add_question(struct loader *loader, size_t nr,
			   const struct problem *problem,
			   struct question question)
{
	question.releases = &loader->retros->at[nr]->releases;
	vec_push(loader->a, &loader->questions, question);
	vec_push(loader->a, &loader->asked,
		 (struct asked_problem){ loader->retros->at[nr], nr, problem });
	return loader->asked.nr - 1;
}

static void add_problem(struct loader *loader, size_t nr,
			const struct problem *problem, const struct oid **known)
{
	const struct links *links = &problem->commits;
	struct question question = { 0 };

	add_claimed_names(&question.cause, &question.cause_lost, loader->a,
			  &links->cause, known);
	add_claimed_names(&question.fix, &question.fix_lost, loader->a,
			  &links->fix, known);
	add_claimed_names(&question.backport, &question.backport_lost,
			  loader->a, &links->backport, known);
	add_question(loader, nr, problem, question);
}

static struct err *ask_problems(struct loader *loader)
{
	const struct retros *retros = loader->retros;
	struct strs names = { 0 };
	const struct oid *known;
	struct oid *ids;
	struct err *e;

	for (size_t i = 0; i < retros->nr; i++) {
		const struct problems *problems = &retros->at[i]->problems;

		for (size_t j = 0; j < problems->nr; j++)
			links_append(&names, loader->a,
				     &problems->at[j].commits);
	}
	ids = arena_alloc(loader->a, (names.nr + 1) * sizeof(*ids));
	e = lookup_ids(ids, loader->corpus->repo, &names);
	known = ids;
	for (size_t i = 0; !e && i < retros->nr; i++) {
		const struct problems *problems = &retros->at[i]->problems;

		for (size_t j = 0; j < problems->nr; j++) {
			add_problem(loader, i, &problems->at[j], &known);
			known += problems->at[j].commits.other.nr;
		}
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

/* The question that a trailer means: that of the number; without one the only
 * problem that the retro names, else the first without a pitfall. A new one if
 * there is none. */
static size_t claimed_question(struct loader *loader, size_t nr,
			       const char *number)
{
	size_t declared = loader->retros->at[nr]->problems.nr;
	struct problem *problem;

	for (size_t i = 0; i < loader->asked.nr; i++) {
		const char *pitfall = loader->asked.at[i].problem->pitfall;

		if (loader->asked.at[i].nr != nr)
			continue;
		if (number ? pitfall && !strcasecmp(pitfall, number)
			   : declared == 1 || !pitfall)
			return i;
	}
	problem = arena_alloc(loader->a, sizeof(*problem));
	problem->pitfall = number;
	return add_question(loader, nr, problem, (struct question){ 0 });
}

/* A retro, to be found by its id. */
struct numbered_retro {
	const char *id;
	size_t nr;
};

static int compare_numbered_retros(const void *a, const void *b)
{
	const struct numbered_retro *one = a, *two = b;
	int order = strcmp(one->id, two->id);

	return order ? order : (one->nr > two->nr) - (one->nr < two->nr);
}

static struct numbered_retro *number_retros(const struct loader *loader)
{
	size_t nr = loader->retros->nr;
	struct numbered_retro *by_id =
		arena_alloc(loader->a, (nr + 1) * sizeof(*by_id));

	for (size_t i = 0; i < nr; i++)
		by_id[i] =
			(struct numbered_retro){ loader->retros->at[i]->id, i };
	if (nr)
		qsort(by_id, nr, sizeof(*by_id), compare_numbered_retros);
	return by_id;
}

static int by_numbered_id(const void *id, const void *retro)
{
	return strcmp(id, ((const struct numbered_retro *)retro)->id);
}

/* The first that has the id, or where it would be. */
static size_t find_numbered_problem(const struct numbered_retro *by_id,
				    size_t nr, const char *id)
{
	return sorted_first(id, by_id, nr, sizeof(*by_id), by_numbered_id);
}

/* The oldest first: a pick is held to what it was picked from. */
static void find_claims(struct claims *out, struct loader *loader)
{
	const struct numbered_retro *by_id = number_retros(loader);
	size_t nr = loader->retros->nr;

	for (size_t i = 0; i < loader->base.ledger.entries.nr; i++) {
		const struct ledger_entry *entry =
			&loader->base.ledger.entries.at[i];
		bool cause = entry->key == LEDGER_RETRO_CAUSE;
		const char *id, *number;
		size_t j;

		if (!cause && entry->key != LEDGER_RETRO_FIX)
			continue;
		problem_split(&id, &number, loader->a, entry->value);
		j = find_numbered_problem(by_id, nr, id);
		/* An id that two retros share names neither. */
		if (j < nr && !strcmp(by_id[j].id, id) &&
		    (j + 1 == nr || strcmp(by_id[j + 1].id, id) != 0))
			vec_push(loader->a, out,
				 (struct claim){ claimed_question(loader,
								  by_id[j].nr,
								  number),
						 cause, entry });
	}
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), oldest_exposed_first);
}

/* All that is needed to tell whether a claim is one more commit, or a pick of
 * one that is named. */
struct sorter {
	struct loader *loader;
	const struct graph *graph;
	struct VEC_OF(uint32_t) commits; /* each that is named, each claim's */
	struct reach reach;              /* tips, commits */
	struct VEC_OF(uint64_t) origins;
	struct oids ids;
	struct oidmap places; /* of the ids */
};

static void add_place(struct sorter *sorter, const struct oid *id)
{
	if (oidmap_add(&sorter->places, id, sorter->ids.nr))
		vec_push(sorter->loader->a, &sorter->ids, *id);
}

static size_t commit_place(const struct sorter *sorter, const struct oid *id)
{
	size_t at = 0;

	oidmap_get(&at, &sorter->places, id);
	return at;
}

static void gather_claims(struct sorter *sorter, const struct claims *claims)
{
	struct loader *loader = sorter->loader;

	for (size_t i = 0; i < claims->nr; i++) {
		const struct claim *claim = &claims->at[i];
		const struct oids *named = question_side(
			&loader->questions.at[claim->question], claim->cause);

		add_place(sorter, &claim->entry->commit);
		for (size_t j = 0; j < named->nr; j++)
			add_place(sorter, &named->at[j]);
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

/* Whether one of the tips has it: what is kept of history tells of commits,
 * too, that only other branches have, or none any more. */
static bool is_in_history(const struct sorter *sorter, size_t commit)
{
	for (size_t i = 0; i < sorter->loader->tips.nr; i++)
		if (reach_has(&sorter->reach, i, commit))
			return true;
	return false;
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

	if (!is_in_history(sorter, own) ||
	    has_oid(named, &claim->entry->commit) ||
	    (!claim->cause &&
	     has_oid(&question->backport, &claim->entry->commit)))
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
		e = trace_base_graph(&loader->base);
	sorter.graph = loader->base.graph;
	if (!e)
		read_reach(&sorter);
	for (size_t i = 0; !e && i < claims->nr; i++)
		settle_claim(&sorter, &claims->at[i]);
	oidmap_release(&sorter.places);
	return e;
}

/* --- the whole ---------------------------------------------------------- */

static struct err *find_line_tips(struct loader *loader)
{
	for (size_t i = 0; i < loader->lines->nr; i++)
		vec_push(loader->a, &loader->tips, loader->lines->at[i].commit);
	return rev_add_head(&loader->tips, loader->a, loader->corpus->repo);
}

static struct err *ask_exposure(struct loader *loader)
{
	struct claims claims = { 0 };
	struct err *e = find_line_tips(loader);

	if (!e)
		e = ask_problems(loader);
	if (!e)
		e = trace_base_open(&loader->base, loader->a,
				    loader->corpus->repo, loader->lines,
				    &loader->questions);
	loader->base.arriving = loader->corpus->arriving;
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
		    !question->backport.nr && !question->cause_lost &&
		    !question->fix_lost)
			continue;
		loader->questions.at[kept] = *question;
		loader->asked.at[kept++] = loader->asked.at[i];
	}
	loader->questions.nr = loader->asked.nr = kept;
}

/* By the retros, then as they were asked, which the questions lie in. */
static int compare_exposures(const void *a, const void *b)
{
	const struct exposure *one = a, *two = b;

	if (one->nr != two->nr)
		return one->nr < two->nr ? -1 : 1;
	return (one->trace > two->trace) - (one->trace < two->trace);
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
	loader->retros = retros;
	*out = (struct exposures){ .lines = lines };
	if (!retros->nr) /* messages may name retros, but there are none */
		return NULL;
	e = ask_exposure(loader);
	if (!e)
		drop_unlinked(loader);
	if (!e && loader->questions.nr)
		e = trace_run(&traces, &loader->base, lines,
			      &loader->questions);
	trace_base_close(&loader->base);
	for (size_t i = 0; !e && i < traces.nr; i++)
		vec_push(a, out,
			 (struct exposure){ loader->asked.at[i].retro,
					    loader->asked.at[i].problem,
					    &traces.at[i],
					    loader->asked.at[i].nr, NULL });
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), compare_exposures);
	return e;
}
