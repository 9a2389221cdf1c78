/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/pitfalls.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/work.h"
#include "model/body.h"
#include "report/freshness.h"

/* --- chains -------------------------------------------------------------- */

/* What one more retro of a chain costs, up to the bytes that are printed. */
#define CHAIN_STEP 4096

/* A retro that names another one, or one of its pitfalls, as seen before. */
struct later {
	struct retro *retro;
	const char *number; /* "P1", or NULL */
};

/* A retro, and those that name it as seen before. */
struct link {
	struct retro *retro;
	struct VEC_OF(struct later) later;
	size_t visited; /* the last search that came here */
};

struct chains {
	struct arena *a;
	struct link *at; /* sorted by id */
	size_t nr;
	size_t searches;
};

static int by_pitfall_id(const void *a, const void *b)
{
	const struct link *one = a, *other = b;

	return strcmp(one->retro->id, other->retro->id);
}

static int compare_id(const void *id, const void *link)
{
	return strcmp(id, ((const struct link *)link)->retro->id);
}

static struct link *find_chain_link(const struct chains *chains, const char *id)
{
	if (!chains->nr)
		return NULL;
	return bsearch(id, chains->at, chains->nr, sizeof(*chains->at),
		       compare_id);
}

static void make_chains(struct chains *chains, const struct corpus *corpus)
{
	const struct retros *retros = &corpus->retros;

	*chains = (struct chains){ .a = corpus->arena, .nr = retros->nr };
	chains->at =
		arena_alloc(chains->a, (retros->nr + 1) * sizeof(*chains->at));
	for (size_t i = 0; i < retros->nr; i++)
		chains->at[i].retro = retros->at[i];
	if (retros->nr)
		qsort(chains->at, retros->nr, sizeof(*chains->at),
		      by_pitfall_id);
	for (size_t i = 0; i < retros->nr; i++) {
		const struct strs *before = &retros->at[i]->seen_before;

		for (size_t j = 0; j < before->nr; j++) {
			struct later later = { .retro = retros->at[i] };
			struct link *link;
			const char *id;

			problem_split(&id, &later.number, chains->a,
				      before->at[j]);
			link = find_chain_link(chains, id);
			if (link)
				vec_push(chains->a, &link->later, later);
		}
	}
}

static int oldest_pitfall_first(const void *a, const void *b)
{
	const struct retro *one = *(struct retro *const *)a;
	const struct retro *other = *(struct retro *const *)b;

	if (one->date != other->date)
		return one->date < other->date ? -1 : 1;
	return strcmp(one->id, other->id);
}

/* Whether it means the pitfall of this number or, with none, the retro. Where a
 * retro has one pitfall, both are the same. */
static bool is_seen(const struct link *link, const struct later *later,
		    const char *number)
{
	if (link->retro->body->pitfalls.nr <= 1)
		return true;
	if (!number || !later->number)
		return !number && !later->number;
	return !strcasecmp(number, later->number);
}

static void add_later(struct chains *chains, struct retros *found,
		      const struct link *link, const char *number)
{
	for (size_t i = 0; i < link->later.nr; i++) {
		struct link *next =
			find_chain_link(chains, link->later.at[i].retro->id);

		if (next->visited == chains->searches ||
		    !is_seen(link, &link->later.at[i], number))
			continue;
		next->visited = chains->searches;
		work_do(CHAIN_STEP);
		vec_push(chains->a, found, next->retro);
	}
}

/* Every retro that leads back to this one, or to one of its pitfalls, itself
 * left out; each once, however the chains run. */
static struct retros find_later(struct chains *chains, const char *id,
				const char *number)
{
	struct link *start = find_chain_link(chains, id);
	struct retros found = { 0 };

	start->visited = ++chains->searches;
	add_later(chains, &found, start, number);
	for (size_t i = 0; i < found.nr; i++)
		add_later(chains, &found,
			  find_chain_link(chains, found.at[i]->id), NULL);
	if (found.nr)
		qsort(found.at, found.nr, sizeof(*found.at),
		      oldest_pitfall_first);
	return found;
}

/* --- the list ------------------------------------------------------------ */

static int age(const struct retro *retro, int32_t today)
{
	if (retro->date == DAY_NONE)
		return -1;
	return retro->date < today ? today - retro->date : 0;
}

static bool is_pitfall_wanted(const struct pitfall *pitfall,
			      const struct strs *paths)
{
	if (!paths->nr || !pitfall->paths.nr)
		return true;
	for (size_t i = 0; i < paths->nr; i++)
		if (query_names(&pitfall->paths, paths->at[i]))
			return true;
	return false;
}

struct err *pitfalls_list(struct listed_pitfalls *out, struct corpus *corpus,
			  const struct query *query)
{
	int32_t today = day_of(moment_now());
	struct strs paths = { 0 };
	struct chains chains;
	struct err *e;

	make_chains(&chains, corpus);
	e = query_filter(corpus, query);
	if (e)
		return e;
	query_sort(corpus, query);
	for (size_t i = 0; i < query->paths.nr; i++)
		vec_push(corpus->arena, &paths,
			 corpus_rooted(corpus, query->paths.at[i]));
	for (size_t i = 0; i < corpus->retros.nr; i++) {
		const struct retro *retro = corpus->retros.at[i];
		const struct pitfalls *pitfalls = &retro->body->pitfalls;
		struct listed_pitfall listed = { .retro = retro,
						 .days = age(retro, today) };

		if (pitfalls->nr)
			listed.retro_came_back =
				find_later(&chains, retro->id, NULL);
		for (size_t j = 0; j < pitfalls->nr; j++) {
			const char *id = pitfalls->at[j].id;

			listed.pitfall = &pitfalls->at[j];
			if (!is_pitfall_wanted(listed.pitfall, &paths))
				continue;
			listed.came_back =
				find_later(&chains, retro->id, id ? id : "");
			vec_push(corpus->arena, out, listed);
		}
	}
	return NULL;
}

/* Their places in the list keep others in order. */
static int more_often(const void *a, const void *b)
{
	const struct listed_pitfall *one = a, *other = b;

	if (one->came_back.nr != other->came_back.nr)
		return one->came_back.nr > other->came_back.nr ? -1 : 1;
	if (one->retro_came_back.nr != other->retro_came_back.nr)
		return one->retro_came_back.nr > other->retro_came_back.nr ? -1
									   : 1;
	return one->order < other->order ? -1 : 1;
}

void pitfalls_sort_recurring(struct listed_pitfalls *pitfalls)
{
	for (size_t i = 0; i < pitfalls->nr; i++)
		pitfalls->at[i].order = i;
	if (pitfalls->nr)
		qsort(pitfalls->at, pitfalls->nr, sizeof(*pitfalls->at),
		      more_often);
}

/* --- what is left of their code ------------------------------------------ */

static const struct freshness *find_gone_pitfalls(
	const struct freshness_list *gone, const struct listed_pitfall *listed)
{
	const struct retro *retro = listed->retro;

	for (size_t i = 0; i < gone->nr; i++)
		if (gone->at[i].retro == retro &&
		    body_problem_pitfall(retro->body, gone->at[i].problem) ==
			    listed->pitfall)
			return &gone->at[i];
	return NULL;
}

struct err *pitfalls_keep_gone(struct listed_pitfalls *pitfalls,
			       struct corpus *corpus)
{
	struct freshness_list all = { 0 }, gone = { 0 };
	struct err *e = freshness_load(&all, corpus, &corpus->retros, 0);
	size_t kept = 0;

	for (size_t i = 0; !e && i < all.nr; i++)
		if (freshness_is_gone(&all.at[i]))
			vec_push(corpus->arena, &gone, all.at[i]);
	for (size_t i = 0; !e && i < pitfalls->nr; i++) {
		struct listed_pitfall listed = pitfalls->at[i];

		listed.freshness = find_gone_pitfalls(&gone, &listed);
		if (listed.freshness &&
		    !retro_is_retired(listed.retro, listed.pitfall->id))
			pitfalls->at[kept++] = listed;
	}
	if (!e)
		pitfalls->nr = kept;
	return e;
}
